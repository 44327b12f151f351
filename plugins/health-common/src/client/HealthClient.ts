import { ResponseError } from '@backstage/errors';
import type {
  HealthEvents,
  HealthReport,
  HealthSummaries,
  LogQuery,
  LogStreamEvent,
} from '../types';
import { readServerSentEvents } from './readServerSentEvents';
import { toLogStreamEvent } from './toLogStreamEvent';

/**
 * Options of one request.
 *
 * @public
 */
export interface HealthRequestOptions {
  /** Bearer token; in the browser the fetch API adds the user's own. */
  token?: string;
  signal?: AbortSignal;
}

/**
 * What can be asked about health.
 *
 * @public
 */
export interface HealthApi {
  /** @throws `ResponseError` 404 when there is no such entity, or none the caller may see */
  getReport(
    entityRef: string,
    options?: HealthRequestOptions,
  ): Promise<HealthReport>;
  /** At most 1,000 refs in one request. */
  getSummaries(
    entityRefs: string[],
    options?: HealthRequestOptions,
  ): Promise<HealthSummaries>;
  getEvents(
    entityRef: string,
    environment: string,
    options?: HealthRequestOptions,
  ): Promise<HealthEvents>;
  /**
   * Log lines of all replicas, live, until aborted or the stream ends. Pass the id of the last line
   * that was seen as `lastEventId` to go on from there.
   */
  streamLogs(
    entityRef: string,
    query: LogQuery,
    options?: HealthRequestOptions & { lastEventId?: string },
  ): AsyncIterable<LogStreamEvent>;
  /** The same lines as plain text, for a file. */
  downloadLogs(
    entityRef: string,
    query: LogQuery,
    options?: HealthRequestOptions,
  ): Promise<Blob>;
}

/**
 * Speaks to the health backend from the browser or from another backend.
 *
 * @public
 */
export class HealthClient implements HealthApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi ?? { fetch };
  }

  async getReport(
    entityRef: string,
    options?: HealthRequestOptions,
  ): Promise<HealthReport> {
    const response = await this.#request(entityPath(entityRef), options);
    return response.json();
  }

  async getSummaries(
    entityRefs: string[],
    options?: HealthRequestOptions,
  ): Promise<HealthSummaries> {
    const response = await this.#request('/summaries', options, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ entityRefs }),
    });
    return response.json();
  }

  async getEvents(
    entityRef: string,
    environment: string,
    options?: HealthRequestOptions,
  ): Promise<HealthEvents> {
    const query = new URLSearchParams({ environment });
    const response = await this.#request(
      `${entityPath(entityRef)}/events?${query}`,
      options,
    );
    return response.json();
  }

  async *streamLogs(
    entityRef: string,
    query: LogQuery,
    options?: HealthRequestOptions & { lastEventId?: string },
  ): AsyncGenerator<LogStreamEvent> {
    const response = await this.#request(
      `${entityPath(entityRef)}/logs?${logParameters(query)}`,
      options,
      {
        headers: {
          accept: 'text/event-stream',
          ...(options?.lastEventId && { 'last-event-id': options.lastEventId }),
        },
      },
    );
    if (!response.body) {
      return;
    }
    for await (const event of readServerSentEvents(response.body)) {
      const parsed = toLogStreamEvent(event);
      if (parsed) {
        yield parsed;
      }
    }
  }

  async downloadLogs(
    entityRef: string,
    query: LogQuery,
    options?: HealthRequestOptions,
  ): Promise<Blob> {
    const response = await this.#request(
      `${entityPath(entityRef)}/logs/download?${logParameters(query)}`,
      options,
    );
    return response.blob();
  }

  async #request(
    path: string,
    options: HealthRequestOptions | undefined,
    init?: RequestInit,
  ): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('health');
    const response = await this.#fetchApi.fetch(`${baseUrl}${path}`, {
      ...init,
      signal: options?.signal,
      headers: {
        ...init?.headers,
        ...(options?.token && { authorization: `Bearer ${options.token}` }),
      },
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function entityPath(entityRef: string): string {
  const match = /^([^:/]+):([^:/]+)\/([^:/]+)$/.exec(entityRef);
  if (!match) {
    throw new TypeError(
      `"${entityRef}" is not a full entity ref, expected kind:namespace/name`,
    );
  }
  return `/entities/${match.slice(1).map(encodeURIComponent).join('/')}`;
}

function logParameters(query: LogQuery): URLSearchParams {
  const parameters = new URLSearchParams({ environment: query.environment });
  if (query.pod !== undefined) {
    parameters.set('pod', query.pod);
  }
  if (query.sinceSeconds !== undefined) {
    parameters.set('sinceSeconds', String(query.sinceSeconds));
  }
  if (query.tail !== undefined) {
    parameters.set('tail', String(query.tail));
  }
  return parameters;
}
