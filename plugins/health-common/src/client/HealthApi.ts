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
  /** Requests, errors, latency, CPU and memory with deploy markers. `to` is now unless given, ISO 8601. */
  getMetrics(
    entityRef: string,
    query: { environment: string; window: HealthWindow; to?: string },
    options?: HealthRequestOptions,
  ): Promise<HealthMetrics>;
  /** The same numbers as a file. */
  exportMetrics(
    entityRef: string,
    query: { environment: string; window: HealthWindow; format: ExportFormat },
    options?: HealthRequestOptions,
  ): Promise<Blob>;
  getObjectives(
    entityRef: string,
    environment: string,
    options?: HealthRequestOptions,
  ): Promise<HealthObjectives>;
  getComparison(
    entityRef: string,
    environment: string,
    options?: HealthRequestOptions,
  ): Promise<DeployComparison>;
  /** Firing first, then the newest; only of entities the caller may see. At most 200 refs. */
  listAlerts(
    query: AlertQuery,
    options?: HealthRequestOptions,
  ): Promise<AlertPage>;
  /** @throws `ResponseError` 403 when the caller is neither an owner nor an operator; 409 when it is over already */
  acknowledgeAlert(
    id: string,
    body: { note?: string },
    options?: HealthRequestOptions,
  ): Promise<Alert>;
  /** Components of a system and the traffic between them over the last `window`. */
  getMap(
    systemRef: string,
    query: { environment: string; window: HealthWindow },
    options?: HealthRequestOptions,
  ): Promise<HealthMap>;
}
