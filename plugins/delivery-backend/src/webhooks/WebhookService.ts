import { AuditorService } from '@backstage/backend-plugin-api';
import { AuthenticationError, NotFoundError, toError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { Access } from '../service/Access';
import { PushDeployer } from '../service/PushDeployer';
import { HostKind, hostedRepositoryOf } from '../hosted/HostedRepository';
import { HostedPush, readPush } from './readPush';
import { WebhookConfig } from './readWebhookConfig';
import {
  hasGitlabToken,
  Headers,
  isSignedByGithub,
  isSignedByGitlab,
} from './signatures';

/** What became of a webhook, for the person who reads the list of deliveries at the host. */
export type WebhookAnswer =
  | { deployments: Array<{ id: string; environment: string; state: string }> }
  | { ignored: string };

/** Annotation of a User of the catalog that holds the name at the host, as Backstage's own providers write it. */
const LOGIN_ANNOTATION: Record<HostKind, string> = {
  github: 'github.com/user-login',
  gitlab: 'gitlab.com/user-login',
};

/**
 * Deploys what was pushed to a repository elsewhere, on the word of a signed webhook.
 *
 * @remarks
 * The answer is given when the deployments are in the database: a host that gets an error may deliver again, and a
 * webhook that comes twice is one deployment.
 */
export class WebhookService {
  constructor(
    private readonly options: {
      config: WebhookConfig;
      integrations: ScmIntegrations;
      access: Access;
      pushes: PushDeployer;
      auditor: AuditorService;
      now: () => number;
    },
  ) {}

  /**
   * @throws NotFoundError when no secret is configured for this kind of host; AuthenticationError when the request is
   * not signed with one of them
   */
  async receive(
    kind: HostKind,
    headers: Headers,
    body: Buffer,
  ): Promise<WebhookAnswer> {
    this.#authenticate(kind, headers, body);
    const push = readPush(kind, headers, body);
    if (!push) {
      return { ignored: 'only pushes to branches are deployed' };
    }
    const repository = hostedRepositoryOf(
      push.repositoryUrl,
      this.options.integrations,
    );
    if (repository?.kind !== kind) {
      return {
        ignored: `${push.repositoryUrl} is not at a host under integrations.${kind}`,
      };
    }
    if (push.after === undefined) {
      return { ignored: `the branch ${push.branch} was deleted` };
    }
    if (push.branch !== push.defaultBranch) {
      return {
        ignored: `only the default branch ${push.defaultBranch} is deployed`,
      };
    }
    return this.#deploy(kind, repository.name, push, push.after);
  }

  async #deploy(
    kind: HostKind,
    repository: string,
    push: HostedPush,
    after: string,
  ): Promise<WebhookAnswer> {
    const { access, auditor, pushes } = this.options;
    const by =
      (await access.personOf(LOGIN_ANNOTATION[kind], push.login)) ??
      `${kind}:${push.login}`;
    const event = await auditor.createEvent({
      eventId: 'webhook-push',
      severityLevel: 'medium',
      meta: { repository, branch: push.branch, sha: after, by },
    });
    try {
      const deployments = await pushes.onPush({
        repository,
        branch: push.branch,
        after,
        pusher: by,
        origin: 'push',
      });
      await event.success({
        meta: { deployments: deployments.map(d => d.id) },
      });
      return deployments.length > 0
        ? {
            deployments: deployments.map(({ id, environment, state }) => ({
              id,
              environment,
              state,
            })),
          }
        : {
            ignored:
              'it deploys nothing: no environment deploys on push, there is no k8s/, or the branch has moved on',
          };
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    }
  }

  #authenticate(kind: HostKind, headers: Headers, body: Buffer): void {
    const { github, gitlab } = this.options.config;
    if (kind === 'github') {
      this.#requireConfigured('github.secrets', github.secrets.length > 0);
      if (!isSignedByGithub(headers, body, github.secrets)) {
        throw new AuthenticationError(
          'The signature in X-Hub-Signature-256 does not match: is the secret of the webhook the one of ghostlight.delivery.webhooks.github.secrets?',
        );
      }
      return;
    }
    const { tokens, signingTokens } = gitlab;
    this.#requireConfigured(
      'gitlab.signingTokens or gitlab.secretTokens',
      tokens.length + signingTokens.length > 0,
    );
    // Where requests are signed a bare token is not enough, or whoever saw one could forge any.
    const genuine =
      signingTokens.length > 0
        ? isSignedByGitlab(headers, body, signingTokens, this.options.now())
        : hasGitlabToken(headers, tokens);
    if (!genuine) {
      throw new AuthenticationError(
        signingTokens.length > 0
          ? 'The signature in webhook-signature does not match, or the request is older than 5 minutes'
          : 'The token in X-Gitlab-Token is not the one of ghostlight.delivery.webhooks.gitlab.secretTokens',
      );
    }
  }

  #requireConfigured(key: string, configured: boolean): void {
    if (!configured) {
      throw new NotFoundError(
        `No webhooks are taken from there; set ghostlight.delivery.webhooks.${key}`,
      );
    }
  }
}
