import { ResponseError } from '@backstage/errors';
import createClient from 'openapi-fetch';
import type { operations, paths } from './generated/openapi';
import type {
  Branch,
  ChangeRequest,
  Commit,
  Diff,
  FileChange,
  FileContent,
  GitToken,
  NewGitToken,
  ReadAccess,
  Repository,
  Tree,
} from './types';

/** Options of every call of the {@link ForgeClient}. */
export interface ForgeRequestOptions {
  /** Backstage token to call with; needed in backends, in browsers the fetch API adds the user's. */
  token?: string;
  /** Ends the call early. */
  signal?: AbortSignal;
}

type Query<T extends keyof operations> = NonNullable<
  operations[T]['parameters']['query']
>;

/**
 * Client of the forge's HTTP API, for browsers and backends.
 *
 * Every method rejects with a `ResponseError` of `@backstage/errors` whose `cause.name` is the error of the forge:
 * `NotFoundError`, `NotAllowedError`, `ConflictError`, `InputError`; its message says what to do.
 *
 * @example
 * ```ts
 * const forge = new ForgeClient({ discoveryApi: discovery, fetchApi: { fetch } });
 * const { token } = await auth.getPluginRequestToken({ onBehalfOf: credentials, targetPluginId: 'forge' });
 * const repository = await forge.getRepository('orders', { token });
 * ```
 */
export class ForgeClient {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  /** Repositories, newest change first; `search` looks in names and descriptions, `owner` is an entity ref. */
  async listRepositories(
    query: Query<'listRepositories'> = {},
    options?: ForgeRequestOptions,
  ): Promise<{ items: Repository[]; total: number }> {
    const api = await this.#api(options);
    return data(await api.GET('/repositories', { params: { query } }));
  }

  /** One repository; `undefined` when there is none of that name. */
  async getRepository(
    name: string,
    options?: ForgeRequestOptions,
  ): Promise<Repository | undefined> {
    const api = await this.#api(options);
    try {
      return data(
        await api.GET('/repositories/{name}', { params: { path: { name } } }),
      );
    } catch (error) {
      if (error instanceof ResponseError && error.statusCode === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /** Creates a repository, with a first commit when `files` are given. Safe to repeat with the same `idempotencyKey`. */
  async createRepository(
    body: {
      name: string;
      owner: string;
      description?: string;
      files?: FileChange[];
      message?: string;
      idempotencyKey?: string;
    },
    options?: ForgeRequestOptions,
  ): Promise<Repository> {
    const api = await this.#api(options);
    return data(await api.POST('/repositories', { body }));
  }

  /** Deletes a repository with all it holds. */
  async deleteRepository(
    name: string,
    options?: ForgeRequestOptions,
  ): Promise<void> {
    const api = await this.#api(options);
    await api.DELETE('/repositories/{name}', { params: { path: { name } } });
  }

  /** Branches, newest first. */
  async listBranches(
    name: string,
    options?: ForgeRequestOptions,
  ): Promise<Branch[]> {
    const api = await this.#api(options);
    const { items } = data(
      await api.GET('/repositories/{name}/branches', {
        params: { path: { name } },
      }),
    );
    return items;
  }

  /** Creates a branch at `from` (branch, tag or sha), the default branch when not given. */
  async createBranch(
    name: string,
    body: { branch: string; from?: string },
    options?: ForgeRequestOptions,
  ): Promise<Branch> {
    const api = await this.#api(options);
    return data(
      await api.POST('/repositories/{name}/branches', {
        params: { path: { name } },
        body,
      }),
    );
  }

  /** History, newest first; `branch` is a branch, tag or sha. */
  async listCommits(
    name: string,
    query: Query<'listCommits'> = {},
    options?: ForgeRequestOptions,
  ): Promise<{ items: Commit[]; nextPage?: number }> {
    const api = await this.#api(options);
    return data(
      await api.GET('/repositories/{name}/commits', {
        params: { path: { name }, query },
      }),
    );
  }

  /** One commit by its sha (at least 7 digits). */
  async getCommit(
    name: string,
    sha: string,
    options?: ForgeRequestOptions,
  ): Promise<Commit> {
    const api = await this.#api(options);
    return data(
      await api.GET('/repositories/{name}/commits/{sha}', {
        params: { path: { name, sha } },
      }),
    );
  }

  /** Writes files in one commit. With `expectedHead` it is a `ConflictError` when the branch moved. */
  async commitFiles(
    name: string,
    body: {
      branch?: string;
      message: string;
      files: FileChange[];
      expectedHead?: string;
    },
    options?: ForgeRequestOptions,
  ): Promise<Commit> {
    const api = await this.#api(options);
    return data(
      await api.POST('/repositories/{name}/commits', {
        params: { path: { name } },
        body,
      }),
    );
  }

  /** One folder at a branch, tag or sha. */
  async getTree(
    name: string,
    query: Query<'getTree'> = {},
    options?: ForgeRequestOptions,
  ): Promise<Tree> {
    const api = await this.#api(options);
    return data(
      await api.GET('/repositories/{name}/tree', {
        params: { path: { name }, query },
      }),
    );
  }

  /** One file at a branch, tag or sha. */
  async getFile(
    name: string,
    query: Query<'getFile'>,
    options?: ForgeRequestOptions,
  ): Promise<FileContent> {
    const api = await this.#api(options);
    return data(
      await api.GET('/repositories/{name}/file', {
        params: { path: { name }, query },
      }),
    );
  }

  /** What changed between two commits; what `to` itself changed when `from` is not given. */
  async getDiff(
    name: string,
    query: Query<'getDiff'>,
    options?: ForgeRequestOptions,
  ): Promise<Diff> {
    const api = await this.#api(options);
    return data(
      await api.GET('/repositories/{name}/diff', {
        params: { path: { name }, query },
      }),
    );
  }

  /** Change requests, newest first. */
  async listChangeRequests(
    name: string,
    query: Query<'listChangeRequests'> = {},
    options?: ForgeRequestOptions,
  ): Promise<{ items: ChangeRequest[]; total: number }> {
    const api = await this.#api(options);
    return data(
      await api.GET('/repositories/{name}/change-requests', {
        params: { path: { name }, query },
      }),
    );
  }

  /** Asks that branch `source` be merged into `target`, the default branch when not given. */
  async openChangeRequest(
    name: string,
    body: {
      title: string;
      description?: string;
      source: string;
      target?: string;
    },
    options?: ForgeRequestOptions,
  ): Promise<ChangeRequest> {
    const api = await this.#api(options);
    return data(
      await api.POST('/repositories/{name}/change-requests', {
        params: { path: { name } },
        body,
      }),
    );
  }

  /** One change request, with what merging it now would do. */
  async getChangeRequest(
    name: string,
    number: number,
    options?: ForgeRequestOptions,
  ): Promise<ChangeRequest> {
    const api = await this.#api(options);
    return data(
      await api.GET('/repositories/{name}/change-requests/{number}', {
        params: { path: { name, number } },
      }),
    );
  }

  /** What a change request changes. */
  async getChangeRequestDiff(
    name: string,
    number: number,
    options?: ForgeRequestOptions,
  ): Promise<Diff> {
    const api = await this.#api(options);
    return data(
      await api.GET('/repositories/{name}/change-requests/{number}/diff', {
        params: { path: { name, number } },
      }),
    );
  }

  /** Merges; a `ConflictError` names the files that conflict, and nothing changed. */
  async mergeChangeRequest(
    name: string,
    number: number,
    body: { expectedHead?: string } = {},
    options?: ForgeRequestOptions,
  ): Promise<ChangeRequest> {
    const api = await this.#api(options);
    return data(
      await api.POST('/repositories/{name}/change-requests/{number}/merge', {
        params: { path: { name, number } },
        body,
      }),
    );
  }

  /** Closes without merging. */
  async closeChangeRequest(
    name: string,
    number: number,
    options?: ForgeRequestOptions,
  ): Promise<ChangeRequest> {
    const api = await this.#api(options);
    return data(
      await api.POST('/repositories/{name}/change-requests/{number}/close', {
        params: { path: { name, number } },
      }),
    );
  }

  /** Valid git tokens of the caller. */
  async listTokens(options?: ForgeRequestOptions): Promise<GitToken[]> {
    const api = await this.#api(options);
    const { items } = data(await api.GET('/tokens'));
    return items;
  }

  /** A new git token of the caller, valid 30 days; its secret is in this answer and nowhere else. */
  async createToken(
    body: { description?: string } = {},
    options?: ForgeRequestOptions,
  ): Promise<NewGitToken> {
    const api = await this.#api(options);
    return data(await api.POST('/tokens', { body }));
  }

  /** Revokes a git token of the caller. */
  async deleteToken(id: string, options?: ForgeRequestOptions): Promise<void> {
    const api = await this.#api(options);
    await api.DELETE('/tokens/{id}', { params: { path: { id } } });
  }

  /** Clone URL and a header to fetch with, for image builders; only services may ask. */
  async getReadAccess(
    name: string,
    options?: ForgeRequestOptions,
  ): Promise<ReadAccess> {
    const api = await this.#api(options);
    return data(
      await api.GET('/repositories/{name}/read-access', {
        params: { path: { name } },
      }),
    );
  }

  async #api(options?: ForgeRequestOptions) {
    const client = createClient<paths>({
      baseUrl: await this.#discoveryApi.getBaseUrl('forge'),
      fetch: async request => this.#fetchApi.fetch(...(await taken(request))),
      signal: options?.signal,
      headers: options?.token
        ? { Authorization: `Bearer ${options.token}` }
        : undefined,
    });
    client.use({
      async onResponse({ response }) {
        if (!response.ok) throw await ResponseError.fromResponse(response);
      },
    });
    return client;
  }
}

/**
 * A request as address and options. The fetch API of Backstage's frontend makes a `Request` of what it is given and then hands
 * on what it was given: a `Request` with a body would be used twice, which is an error.
 */
async function taken(request: Request): Promise<[string, RequestInit]> {
  const body = await request.text();
  return [
    request.url,
    {
      method: request.method,
      headers: request.headers,
      signal: request.signal,
      ...(body && { body }),
    },
  ];
}

/** Failed responses have thrown before; what is left without data is an answer that is not of this API. */
function data<T>(answer: { data?: T; response: Response }): T {
  if (answer.data === undefined) {
    throw new Error(
      `The forge answered ${answer.response.url} with status ${answer.response.status} and no content`,
    );
  }
  return answer.data;
}
