import {
  DefaultGithubCredentialsProvider,
  getGitLabRequestOptions,
  GithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  NotFoundError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import { HostedRepository } from './HostedRepository';

const TIMEOUT_MS = 10_000;

const projectSchema = z.object({ default_branch: z.string().nullish() });
const githubCommitSchema = z.object({ sha: z.string() });
const gitlabBranchSchema = z.object({ commit: z.object({ id: z.string() }) });

/** The few questions about a repository that its host must answer, with the credentials of `integrations`. */
export class HostApi {
  readonly #github: GithubCredentialsProvider;

  constructor(
    private readonly integrations: ScmIntegrations,
    private readonly fetchApi: typeof fetch,
  ) {
    this.#github =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  }

  /** Newest commit of the default branch; undefined while there is none. */
  async head(
    repository: HostedRepository,
  ): Promise<{ branch: string; sha: string } | undefined> {
    const at = this.#apiOf(repository);
    const { default_branch: branch } = await this.#get(
      repository,
      at,
      projectSchema,
    );
    if (!branch) {
      return undefined;
    }
    const ref = encodeURIComponent(branch);
    if (repository.kind === 'github') {
      const { sha } = await this.#get(
        repository,
        `${at}/commits/${ref}`,
        githubCommitSchema,
      );
      return { branch, sha };
    }
    const { commit } = await this.#get(
      repository,
      `${at}/repository/branches/${ref}`,
      gitlabBranchSchema,
    );
    return { branch, sha: commit.id };
  }

  /** What git needs to read the repository over HTTPS. */
  async cloneAccess(
    repository: HostedRepository,
  ): Promise<{ url: string; authorization?: string }> {
    const url = `${repository.url}.git`;
    const { user, token } = await this.#gitCredentials(repository);
    if (!token) {
      return { url };
    }
    const basic = Buffer.from(`${user}:${token}`).toString('base64');
    return { url, authorization: `Basic ${basic}` };
  }

  async #gitCredentials(repository: HostedRepository) {
    if (repository.kind === 'github') {
      const { token } = await this.#github.getCredentials({
        url: repository.url,
      });
      return { user: 'x-access-token', token };
    }
    const { token } = this.integrations.gitlab.byHost(repository.host)
      ?.config ?? { token: undefined };
    return { user: 'oauth2', token };
  }

  #apiOf({ kind, host, path }: HostedRepository): string {
    const { apiBaseUrl } = this.integrations[kind].byHost(host)?.config ?? {};
    return kind === 'github'
      ? `${apiBaseUrl}/repos/${path}`
      : `${apiBaseUrl}/projects/${encodeURIComponent(path)}`;
  }

  async #headersOf({
    kind,
    host,
    url,
  }: HostedRepository): Promise<Record<string, string>> {
    if (kind === 'github') {
      return (await this.#github.getCredentials({ url })).headers ?? {};
    }
    const config = this.integrations.gitlab.byHost(host)?.config;
    return config ? getGitLabRequestOptions(config).headers : {};
  }

  async #get<T>(
    repository: HostedRepository,
    url: string,
    schema: z.ZodType<T>,
  ): Promise<T> {
    let response: Response;
    try {
      response = await this.fetchApi(url, {
        headers: await this.#headersOf(repository),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      throw new ServiceUnavailableError(
        `${repository.host} did not answer about ${repository.path}; it is tried again`,
        error,
      );
    }
    if (response.status === 404) {
      throw new NotFoundError(
        `${repository.host} has no repository ${repository.path}, or the token under integrations.${repository.kind} may not read it`,
      );
    }
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    const parsed = schema.safeParse(
      await response.json().catch(() => undefined),
    );
    if (!parsed.success) {
      throw new ServiceUnavailableError(
        `${repository.host} answered something unexpected about ${repository.path}; is apiBaseUrl under integrations.${repository.kind} right?`,
      );
    }
    return parsed.data;
  }
}
