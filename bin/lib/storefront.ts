import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from './paths.ts';

/** Where the demo system is; its README says how it is kept. */
export const storefrontFolder = join(root, 'examples/storefront');

const commitSchema = z.strictObject({
  /** A person of examples/organisation/people.yaml. */
  by: z.string(),
  at: z
    .string()
    .regex(
      /^\d+ days? ago, \d\d:\d\d$/,
      'must be like "3 days ago, 14:05", counted from the first start, UTC',
    ),
  message: z.string(),
  /** Files that came with it; of the good version, so what they hold is in files/ or chassis/. */
  adds: z.array(z.string()).default([]),
  /** A patch of what changed in files that were there before; in `next` of everything. */
  changes: z.string().optional(),
});

const historySchema = z.strictObject({
  /** Who makes the repository: a member of the team that owns the component. */
  by: z.string(),
  /** What led to the good version, oldest first. */
  main: z.array(commitSchema).min(1),
  /** What is asked to be merged into it, oldest first. */
  next: z.array(commitSchema).default([]),
  changeRequest: z
    .strictObject({
      by: z.string(),
      title: z.string(),
      description: z.string(),
    })
    .optional(),
});

const catalogSchema = z.object({
  metadata: z.object({ description: z.string() }),
  spec: z.object({
    owner: z.string(),
    dependsOn: z.array(z.string()).default([]),
  }),
});

const userSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    profile: z.object({ displayName: z.string(), email: z.string() }),
  }),
});

export type StorefrontCommit = z.infer<typeof commitSchema>;

/** A repository of the storefront, as its folder describes it. */
export type StorefrontService = z.infer<typeof historySchema> & {
  name: string;
  folder: string;
  description: string;
  owner: string;
  /** Services it calls: they have to be there before it starts. */
  needs: string[];
};

export interface Person {
  name: string;
  email: string;
}

/** All services of the storefront; each is a folder with a history.yaml. */
export function readStorefront(): StorefrontService[] {
  return globSync('*/history.yaml', { cwd: storefrontFolder })
    .map(file => readService(dirname(file)))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function readService(name: string): StorefrontService {
  const folder = join(storefrontFolder, name);
  const read = (file: string) =>
    parse(readFileSync(join(folder, file), 'utf8'));
  const { metadata, spec } = catalogSchema.parse(
    read('files/catalog-info.yaml'),
  );
  return {
    ...historySchema.parse(read('history.yaml')),
    name,
    folder,
    description: metadata.description,
    owner: spec.owner,
    needs: spec.dependsOn.map(ref => ref.slice(ref.indexOf('/') + 1)),
  };
}

/** The people of the example organisation by their user names. */
export function readPeople(): Map<string, Person> {
  const file = join(root, 'examples/organisation/people.yaml');
  const documents = readFileSync(file, 'utf8').split(/^---$/m);
  return new Map(
    documents.map(text => {
      const { metadata, spec } = userSchema.parse(parse(text));
      const { displayName, email } = spec.profile;
      return [metadata.name, { name: displayName, email }];
    }),
  );
}

/** When a commit was made, for a storefront that is started the first time at `firstStart`. */
export function commitTime({ at }: StorefrontCommit, firstStart: Date): Date {
  const [, days, hours, minutes] =
    /^(\d+) days? ago, (\d\d):(\d\d)$/.exec(at) ?? [];
  const time = new Date(firstStart);
  time.setUTCDate(time.getUTCDate() - Number(days));
  time.setUTCHours(Number(hours), Number(minutes), 0, 0);
  return time;
}
