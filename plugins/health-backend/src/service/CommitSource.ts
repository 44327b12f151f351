import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type {
  EnvironmentWorkloads,
  Revision,
} from '@ghostlight/plugin-clusters-node';
import type { ForgeClient } from '@ghostlight/plugin-forge-common';
import type { CommitFacts } from '../report/facts';
import { callerKey } from './callerKey';
import { currentRevisions } from './currentRevisions';
import { Expiring } from './Expiring';
import { within } from './within';

const LIMIT_MS = 800;
/** Commits do not change, but who may read them does. */
const MAX_AGE_MS = 10 * 60_000;

/** Asks the forge about the commits that run. A report does without when it does not answer. */
export class CommitSource {
  readonly #forge: Pick<ForgeClient, 'getCommit'>;
  readonly #auth: AuthService;
  readonly #known: Expiring<CommitFacts>;

  constructor(options: {
    forge: Pick<ForgeClient, 'getCommit'>;
    auth: AuthService;
    now: () => Date;
  }) {
    this.#forge = options.forge;
    this.#auth = options.auth;
    this.#known = new Expiring({
      maxAgeMs: MAX_AGE_MS,
      max: 5_000,
      now: () => options.now().getTime(),
    });
  }

  /** By full commit id. */
  async of(
    environments: EnvironmentWorkloads[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, CommitFacts>> {
    return this.ofRevisions(currentRevisions(environments), credentials);
  }

  /** By full commit id. */
  async ofRevisions(
    revisions: Revision[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, CommitFacts>> {
    const found = new Map<string, CommitFacts>();
    const commits = revisions
      .flatMap(({ commit }) => commit ?? [])
      .filter(({ via }) => via === 'annotation');
    await Promise.all(
      commits.map(async ({ repo, sha }) => {
        const facts = await within(
          LIMIT_MS,
          // What one person may read is not remembered for another.
          this.#known.get(`${callerKey(credentials)} ${repo}@${sha}`, () =>
            this.#load(repo, sha, credentials),
          ),
        );
        if (facts) {
          found.set(sha, facts);
        }
      }),
    );
    return found;
  }

  async #load(
    repo: string,
    sha: string,
    credentials: BackstageCredentials,
  ): Promise<CommitFacts> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'forge',
    });
    const commit = await this.#forge.getCommit(repo, sha, { token });
    return {
      message: commit.message.split('\n')[0],
      author: commit.author.name,
      at: commit.at,
    };
  }
}
