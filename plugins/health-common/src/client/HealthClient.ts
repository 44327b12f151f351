import { ResponseError } from '@backstage/errors';
import type {
  Alert,
  AlertPage,
  AlertQuery,
  DeployComparison,
  ExportFormat,
  HealthEvents,
  HealthMap,
  HealthMetrics,
  HealthObjectives,
  HealthReport,
  HealthSummaries,
  HealthWindow,
  LogQuery,
  LogStreamEvent,
} from '../types';
import type { HealthApi, HealthRequestOptions } from './HealthApi';
import { readServerSentEvents } from './readServerSentEvents';
import { toLogStreamEvent } from './toLogStreamEvent';

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
    return this.#send('/summaries', { entityRefs }, options);
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

  async getMetrics(
    entityRef: string,
    query: { environment: string; window: HealthWindow; to?: string },
    options?: HealthRequestOptions,
  ): Promise<HealthMetrics> {
    return this.#read(
      `${entityPath(entityRef)}/metrics?${parameters(query)}`,
      options,
    );
  }

  async exportMetrics(
    entityRef: string,
    query: { environment: string; window: HealthWindow; format: ExportFormat },
    options?: HealthRequestOptions,
  ): Promise<Blob> {
    const response = await this.#request(
      `${entityPath(entityRef)}/metrics/export?${parameters(query)}`,
      options,
    );
    return response.blob();
  }

  async getObjectives(
    entityRef: string,
    environment: string,
    options?: HealthRequestOptions,
  ): Promise<HealthObjectives> {
    return this.#read(
      `${entityPath(entityRef)}/objectives?${parameters({ environment })}`,
      options,
    );
  }

  async getComparison(
    entityRef: string,
    environment: string,
    options?: HealthRequestOptions,
  ): Promise<DeployComparison> {
    return this.#read(
      `${entityPath(entityRef)}/comparison?${parameters({ environment })}`,
      options,
    );
  }

  async listAlerts(
    query: AlertQuery,
    options?: HealthRequestOptions,
  ): Promise<AlertPage> {
    return this.#send('/alerts/query', query, options);
  }

  async acknowledgeAlert(
    id: string,
    body: { note?: string },
    options?: HealthRequestOptions,
  ): Promise<Alert> {
    return this.#send(
      `/alerts/${encodeURIComponent(id)}/acknowledge`,
      body,
      options,
    );
  }

  async getMap(
    systemRef: string,
    query: { environment: string; window: HealthWindow },
    options?: HealthRequestOptions,
  ): Promise<HealthMap> {
    return this.#read(
      `${entityPath(systemRef)}/map?${parameters(query)}`,
      options,
    );
  }

  async #read<T>(path: string, options?: HealthRequestOptions): Promise<T> {
    const response = await this.#request(path, options);
    return response.json();
  }

  async #send<T>(
    path: string,
    body: unknown,
    options?: HealthRequestOptions,
  ): Promise<T> {
    const response = await this.#request(path, options, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.json();
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
  return parameters({
    environment: query.environment,
    pod: query.pod,
    sinceSeconds: query.sinceSeconds?.toString(),
    tail: query.tail?.toString(),
  });
}

function parameters(
  query: Record<string, string | undefined>,
): URLSearchParams {
  return new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}
