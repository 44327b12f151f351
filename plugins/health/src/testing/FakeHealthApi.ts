import type {
  Alert,
  AlertPage,
  AlertQuery,
  DeployComparison,
  ExportFormat,
  HealthApi,
  HealthEvents,
  HealthMap,
  HealthMetrics,
  HealthObjectives,
  HealthReport,
  HealthSummaries,
  HealthWindow,
  LogStreamEvent,
} from '@ghostlight/plugin-health-common';
import { someAlerts } from './alerts';
import { aComparison } from './comparison';
import { aMap } from './map';
import { someMetrics } from './metrics';
import { someObjectives } from './objectives';
import { ago } from './reports';

type Answer<T> = () => Promise<T> | T;

/** What is answered; where nothing is given the fake makes up something believable. */
export interface FakeHealthAnswers {
  report?: Answer<HealthReport>;
  summaries?: HealthSummaries;
  events?: Answer<HealthEvents>;
  logs?: (signal?: AbortSignal) => AsyncIterable<LogStreamEvent>;
  metrics?: (window: HealthWindow) => Promise<HealthMetrics> | HealthMetrics;
  objectives?: Answer<HealthObjectives>;
  comparison?: Answer<DeployComparison>;
  /** All there are; the fake narrows and pages them as asked. */
  alerts?: Answer<Alert[]>;
  acknowledge?: (id: string, note?: string) => Promise<Alert> | Alert;
  map?: Answer<HealthMap>;
}

/** A health backend in memory: answers with what it is given and counts its requests. */
export class FakeHealthApi implements HealthApi {
  readonly summaryRequests: string[][] = [];
  readonly metricsRequests: { environment: string; window: HealthWindow }[] =
    [];
  readonly alertQueries: AlertQuery[] = [];
  readonly acknowledged: { id: string; note?: string }[] = [];
  reportRequests = 0;
  objectivesRequests = 0;

  constructor(private readonly answers: FakeHealthAnswers = {}) {}

  async getReport(): Promise<HealthReport> {
    this.reportRequests += 1;
    if (!this.answers.report) {
      throw new Error('no report was given');
    }
    return this.answers.report();
  }

  async getSummaries(entityRefs: string[]): Promise<HealthSummaries> {
    this.summaryRequests.push(entityRefs);
    return Object.fromEntries(
      Object.entries(this.answers.summaries ?? {}).filter(([ref]) =>
        entityRefs.includes(ref),
      ),
    );
  }

  async getEvents(_ref: string, environment: string): Promise<HealthEvents> {
    return (
      (await this.answers.events?.()) ?? {
        environment,
        truncated: false,
        events: [
          {
            at: ago(95),
            type: 'Warning',
            reason: 'BackOff',
            message: 'Back-off restarting failed container',
            count: 6,
            involved: { kind: 'Pod', name: 'orders-7d4f9c6b5-x2k4p' },
          },
          {
            at: ago(720),
            type: 'Normal',
            reason: 'ScalingReplicaSet',
            message: 'Scaled up replica set orders-7d4f9c6b5 to 3',
            count: 1,
            involved: { kind: 'Deployment', name: 'orders' },
          },
        ],
      }
    );
  }

  async *streamLogs(
    _ref: string,
    _query: unknown,
    options?: { signal?: AbortSignal },
  ): AsyncGenerator<LogStreamEvent> {
    if (this.answers.logs) {
      yield* this.answers.logs(options?.signal);
    }
    // Like the real one it stays open until nobody reads any more.
    await new Promise<void>(resolve => {
      options?.signal?.addEventListener('abort', () => resolve());
    });
  }

  async downloadLogs(): Promise<Blob> {
    return new Blob(['one\ntwo\n']);
  }

  async getMetrics(
    entityRef: string,
    query: { environment: string; window: HealthWindow; to?: string },
  ): Promise<HealthMetrics> {
    const { environment, window, to } = query;
    this.metricsRequests.push({ environment, window });
    return (
      (await this.answers.metrics?.(window)) ??
      someMetrics({ window, to, changes: { entityRef, environment } })
    );
  }

  async exportMetrics(
    _ref: string,
    query: { window: HealthWindow; format: ExportFormat },
  ): Promise<Blob> {
    return query.format === 'json'
      ? new Blob([JSON.stringify(someMetrics({ window: query.window }))])
      : new Blob(['at,requests per second\n2026-11-21T14:00:00Z,24.1\n']);
  }

  async getObjectives(
    entityRef: string,
    environment: string,
  ): Promise<HealthObjectives> {
    this.objectivesRequests += 1;
    return (
      (await this.answers.objectives?.()) ??
      someObjectives({ entityRef, environment })
    );
  }

  async getComparison(
    entityRef: string,
    environment: string,
  ): Promise<DeployComparison> {
    return (
      (await this.answers.comparison?.()) ??
      aComparison({ entityRef, environment })
    );
  }

  async listAlerts(query: AlertQuery): Promise<AlertPage> {
    this.alertQueries.push(query);
    const { page = 1, pageSize = 20 } = query;
    const all = ((await this.answers.alerts?.()) ?? someAlerts()).filter(
      alert => query.state === undefined || alert.state === query.state,
    );
    return {
      items: all.slice((page - 1) * pageSize, page * pageSize),
      page,
      totalPages: Math.max(1, Math.ceil(all.length / pageSize)),
      total: all.length,
    };
  }

  async acknowledgeAlert(id: string, body: { note?: string }): Promise<Alert> {
    this.acknowledged.push({ id, note: body.note });
    if (this.answers.acknowledge) {
      return this.answers.acknowledge(id, body.note);
    }
    const alert = (await this.listAlerts({})).items.find(
      candidate => candidate.id === id,
    );
    if (!alert) {
      throw new Error(`There is no alert ${id}.`);
    }
    return {
      ...alert,
      version: alert.version + 1,
      acknowledged: {
        by: 'user:default/nobody',
        byName: 'Nobody',
        at: ago(0),
        note: body.note,
      },
    };
  }

  async getMap(
    systemRef: string,
    query: { environment: string; window: HealthWindow },
  ): Promise<HealthMap> {
    return (
      (await this.answers.map?.()) ??
      aMap({
        entityRef: systemRef,
        environment: query.environment,
        window: query.window,
      })
    );
  }
}

/** Log lines as the stream sends them. */
export function* lines(
  texts: string[],
  pod = 'orders-7d4f9c6b5-x2k4p',
): Generator<LogStreamEvent> {
  for (const [i, text] of texts.entries()) {
    yield {
      type: 'line',
      id: `${pod}:${i + 1}`,
      line: { pod, at: ago(texts.length - i), text, n: i + 1 },
    };
  }
}
