import { InputError, ServiceUnavailableError } from '@backstage/errors';
import type { PrometheusConfig } from '../../config/MetricsConfig';
import type { MetricRange, MetricSeries } from '../../types';
import { seriesOf } from './envelope';
import { PrometheusHttp, type PrometheusAnswer } from './PrometheusHttp';
import { SharedAnswers } from './SharedAnswers';
import { Turns } from './Turns';

/** A Prometheus answers others too. */
const AT_ONCE = 8;
/** Fifty people who watch the same chart ask once. */
const SHARED_MS = 2_000;
const MAX_SHARED = 500;
/** As JSON; read it takes a few times as much. An answer to a chart has 10 KiB. */
const MAX_SHARED_BYTES = 16 * 1024 * 1024;
/** Prometheus refuses more. */
const MAX_POINTS = 11_000;

/** Series and what limits them. */
export interface Answer {
  series: MetricSeries[];
  notes: string[];
}

/** How much of an answer is wanted. */
export interface AskOptions {
  maxSeries: number;
  signal?: AbortSignal;
}

/** One Prometheus, asked by expression. */
export class PrometheusClient {
  readonly #http: PrometheusHttp;
  readonly #environment: string;
  readonly #timeoutMs: number;
  readonly #turns = new Turns(AT_ONCE);
  readonly #shared: SharedAnswers<PrometheusAnswer>;

  constructor(
    environment: string,
    config: PrometheusConfig,
    now: () => number,
  ) {
    this.#environment = environment;
    this.#timeoutMs = config.timeoutMs;
    this.#http = new PrometheusHttp(environment, config, {
      connections: AT_ONCE,
    });
    this.#shared = new SharedAnswers({
      maxAgeMs: SHARED_MS,
      max: MAX_SHARED,
      maxBytes: MAX_SHARED_BYTES,
      sizeOf: ({ bytes }) => bytes,
      now,
    });
  }

  instant(
    expression: string,
    atMs: number,
    options: AskOptions,
  ): Promise<Answer> {
    return this.#ask(
      'query',
      { query: expression, time: seconds(atMs) },
      options,
    );
  }

  async range(
    expression: string,
    range: MetricRange,
    options: AskOptions,
  ): Promise<Answer> {
    const from = Date.parse(range.from);
    const to = Date.parse(range.to);
    if (!(from <= to) || !(range.stepMs >= 1)) {
      throw new InputError(
        `From ${range.from} to ${range.to} by ${range.stepMs} ms is no stretch of time`,
      );
    }
    if ((to - from) / range.stepMs + 1 > MAX_POINTS) {
      throw new InputError(
        `At most ${MAX_POINTS} points can be asked for at once: make the steps longer`,
      );
    }
    return this.#ask(
      'query_range',
      {
        query: expression,
        start: seconds(from),
        end: seconds(to),
        step: seconds(range.stepMs),
      },
      options,
    );
  }

  async close(): Promise<void> {
    await this.#http.close();
  }

  async #ask(
    operation: 'query' | 'query_range',
    parameters: Record<string, string>,
    { maxSeries, signal }: AskOptions,
  ): Promise<Answer> {
    const { data, warnings } = await this.#shared.get(
      `${operation} ${JSON.stringify(parameters)}`,
      left => this.#inTurn(operation, parameters, left),
      signal,
    );
    const series = seriesOf(data, maxSeries);
    const notes = [...warnings];
    if (data.resultType !== 'scalar' && data.result.length > series.length) {
      notes.push(
        `the answer had ${data.result.length.toLocaleString(
          'en',
        )} series and was cut at ${maxSeries.toLocaleString('en')}`,
      );
    }
    return { series, notes };
  }

  /** Waiting for a turn is limited as well: behind a Prometheus that hangs, the queue would only grow. */
  async #inTurn(
    operation: 'query' | 'query_range',
    parameters: Record<string, string>,
    left: AbortSignal,
  ): Promise<PrometheusAnswer> {
    const patience = AbortSignal.timeout(this.#timeoutMs);
    try {
      return await this.#turns.run(
        () => this.#http.post(operation, parameters, left),
        AbortSignal.any([left, patience]),
      );
    } catch (error) {
      throw error === patience.reason
        ? new ServiceUnavailableError(
            `The Prometheus of environment ${
              this.#environment
            } is busy: ${AT_ONCE} earlier queries took more than ${
              this.#timeoutMs / 1000
            } s`,
          )
        : error;
    }
  }
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}
