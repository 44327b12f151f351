import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { HostKind } from '../hosted/HostedRepository';
import { Headers } from './signatures';

/** What a webhook says of a push. */
export type HostedPush = {
  /** Where people look at the repository. */
  repositoryUrl: string;
  branch: string;
  defaultBranch: string;
  /** Commit id of the branch now; undefined when the branch was deleted. */
  after: string | undefined;
  /** Name of the person at the host. */
  login: string;
};

const NOTHING = /^0{40,64}$/;
const BRANCH = /^refs\/heads\//;

const githubSchema = z.object({
  ref: z.string(),
  after: z.string(),
  repository: z.object({ html_url: z.string(), default_branch: z.string() }),
  pusher: z.object({ name: z.string() }).optional(),
  sender: z.object({ login: z.string() }).optional(),
});

const gitlabSchema = z.object({
  ref: z.string(),
  after: z.string(),
  user_username: z.string(),
  project: z.object({ web_url: z.string(), default_branch: z.string() }),
});

/** Header that names the event, and its value for a push. */
const EVENTS = {
  github: { header: 'x-github-event', push: 'push' },
  gitlab: { header: 'x-gitlab-event', push: 'Push Hook' },
} as const;

/**
 * Undefined when the event is another one, or a push of a tag.
 *
 * @throws InputError when it is no such event
 */
export function readPush(
  kind: HostKind,
  headers: Headers,
  body: Buffer,
): HostedPush | undefined {
  const { header, push } = EVENTS[kind];
  if (headers[header] === undefined) {
    throw new InputError(
      `The header ${header} is missing; is this a webhook of ${kind}?`,
    );
  }
  if (headers[header] !== push) {
    return undefined;
  }
  const json = parseJson(body);
  const read =
    kind === 'github'
      ? githubSchema.transform(each => ({
          ref: each.ref,
          after: each.after,
          repositoryUrl: each.repository.html_url,
          defaultBranch: each.repository.default_branch,
          login: each.sender?.login ?? each.pusher?.name ?? 'unknown',
        }))
      : gitlabSchema.transform(each => ({
          ref: each.ref,
          after: each.after,
          repositoryUrl: each.project.web_url,
          defaultBranch: each.project.default_branch,
          login: each.user_username,
        }));
  const parsed = read.safeParse(json);
  if (!parsed.success) {
    throw new InputError(
      `This is no push event of ${kind}: ${z.prettifyError(parsed.error)}`,
    );
  }
  const { ref, after, ...rest } = parsed.data;
  if (!BRANCH.test(ref)) {
    return undefined;
  }
  return {
    ...rest,
    branch: ref.replace(BRANCH, ''),
    after: NOTHING.test(after) ? undefined : after,
  };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new InputError(
      'The body is not JSON; set the content type of the webhook to application/json',
      error,
    );
  }
}
