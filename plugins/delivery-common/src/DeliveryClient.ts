import { ResponseError } from '@backstage/errors';
import createClient from 'openapi-fetch';
import type { paths } from './generated/schema';
import type {
  DeliveryEnvironment,
  Deployment,
  DeploymentLog,
  DeploymentPage,
  DeploymentRequest,
  ImportProposal,
  ImportRequest,
  Removal,
} from './types';

/**
 * What a call carries besides its input.
 *
 * @public
 */
export type DeliveryRequestOptions = {
  /** A Backstage token for the plugin `delivery`; not needed in a browser, where `fetchApi` adds the person's own. */
  token?: string;
  signal?: AbortSignal;
};

/**
 * Calls Delivery, from a browser or from another backend.
 *
 * @public
 */
export class DeliveryClient {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  /** Queues a deployment; answers with the known one when the key was used before. */
  async deploy(
    body: DeploymentRequest,
    options?: DeliveryRequestOptions,
  ): Promise<Deployment> {
    const client = await this.#client(options);
    return read(await client.POST('/deployments', { body }));
  }

  /** Deployments that the caller may read, newest first. */
  async list(
    query: {
      entityRef?: string;
      environment?: string;
      page?: number;
      pageSize?: number;
    },
    options?: DeliveryRequestOptions,
  ): Promise<DeploymentPage> {
    const client = await this.#client(options);
    return read(await client.GET('/deployments', { params: { query } }));
  }

  async get(id: string, options?: DeliveryRequestOptions): Promise<Deployment> {
    const client = await this.#client(options);
    return read(
      await client.GET('/deployments/{id}', { params: { path: { id } } }),
    );
  }

  /** Says what to add so that the portal knows what somebody has; changes nothing. */
  async proposeImport(
    body: ImportRequest,
    options?: DeliveryRequestOptions,
  ): Promise<ImportProposal> {
    const client = await this.#client(options);
    return read(await client.POST('/import/proposals', { body }));
  }

  /** The lines after number `after`; 0 begins at the first. */
  async log(
    id: string,
    after: number,
    options?: DeliveryRequestOptions,
  ): Promise<DeploymentLog> {
    const client = await this.#client(options);
    return read(
      await client.GET('/deployments/{id}/log', {
        params: { path: { id }, query: { after } },
      }),
    );
  }

  async environments(
    options?: DeliveryRequestOptions,
  ): Promise<DeliveryEnvironment[]> {
    const client = await this.#client(options);
    return read(await client.GET('/environments')).items;
  }

  /** Removes what was deployed of a component, in one environment or in all; with `dryRun` only says what that would be. */
  async remove(
    query: { entityRef: string; environment?: string; dryRun: boolean },
    options?: DeliveryRequestOptions,
  ): Promise<Removal> {
    const client = await this.#client(options);
    const answer = await client.DELETE('/workloads', { params: { query } });
    return read(answer);
  }

  async #client(options: DeliveryRequestOptions | undefined) {
    const { token, signal } = options ?? {};
    return createClient<paths>({
      baseUrl: await this.#discoveryApi.getBaseUrl('delivery'),
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      fetch: async request => {
        // As address and options: the fetch API of Backstage's frontend reads a Request twice, and a body can be read once.
        const body = await request.text();
        const response = await this.#fetchApi.fetch(request.url, {
          method: request.method,
          headers: request.headers,
          ...(signal && { signal }),
          ...(body && { body }),
        });
        if (!response.ok) {
          throw await ResponseError.fromResponse(response);
        }
        return response;
      },
    });
  }
}

function read<T>(answer: { data?: T; response: Response }): T {
  if (answer.data === undefined) {
    throw new Error(
      `Delivery answered ${answer.response.status} without a body at ${answer.response.url}`,
    );
  }
  return answer.data;
}
