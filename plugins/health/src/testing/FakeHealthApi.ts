import type {
  HealthApi,
  HealthEvents,
  HealthReport,
  HealthSummaries,
  LogStreamEvent,
} from '@ghostlight/plugin-health-common';
import { ago } from './reports';

/** A health backend in memory: answers with what it is given and counts its requests. */
export class FakeHealthApi implements HealthApi {
  readonly summaryRequests: string[][] = [];
  reportRequests = 0;

  constructor(
    private readonly answers: {
      report?: () => Promise<HealthReport> | HealthReport;
      summaries?: HealthSummaries;
      events?: () => Promise<HealthEvents> | HealthEvents;
      logs?: (signal?: AbortSignal) => AsyncIterable<LogStreamEvent>;
    } = {},
  ) {}

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
