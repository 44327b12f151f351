import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A question as it arrived. */
export interface AskedQuery {
  path: string;
  query: string;
  /** Unix milliseconds; `from` and `to` are one of an instant query. */
  fromMs: number;
  toMs: number;
  stepMs: number;
  authorization: string | undefined;
  headers: IncomingMessage['headers'];
}

/** A series of an answer: its value at a time, over the window of the query, undefined where it has none. */
export interface FakeSeries {
  labels?: Record<string, string>;
  value: (atMs: number, windowMs: number) => number | string | undefined;
}

type Respond = (asked: AskedQuery, response: ServerResponse) => void;

/** A server that speaks Prometheus' protocol, well or badly; what it answers is up to the test. */
export class FakePrometheus {
  readonly asked: AskedQuery[] = [];
  /** Series by expression; the first rule that matches answers. */
  readonly #rules: Array<[pattern: RegExp, series: FakeSeries[]]> = [];
  #warnings: string[] = [];
  #respond: Respond | undefined;
  readonly #server: Server;

  static async start(): Promise<FakePrometheus> {
    const fake = new FakePrometheus();
    await new Promise<void>(resolve => {
      fake.#server.listen(0, '127.0.0.1', resolve);
    });
    return fake;
  }

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Expressions that match are answered with these series. */
  on(pattern: RegExp, ...series: FakeSeries[]): this {
    this.#rules.push([pattern, series]);
    return this;
  }

  warn(...warnings: string[]): void {
    this.#warnings = warnings;
  }

  /** Answers all questions this way; as usual again when undefined. */
  misbehave(respond: Respond | undefined): void {
    this.#respond = respond;
  }

  queries(): string[] {
    return this.asked.map(({ query }) => query);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const form = new URLSearchParams(await text(request));
    const ms = (name: string) => Math.round(Number(form.get(name)) * 1_000);
    const isRange = form.has('start');
    const asked: AskedQuery = {
      path: request.url ?? '',
      query: form.get('query') ?? '',
      fromMs: ms(isRange ? 'start' : 'time'),
      toMs: ms(isRange ? 'end' : 'time'),
      stepMs: isRange ? ms('step') : 0,
      authorization: request.headers.authorization,
      headers: request.headers,
    };
    this.asked.push(asked);
    if (this.#respond) {
      this.#respond(asked, response);
      return;
    }
    const [, series = []] =
      this.#rules.find(([pattern]) => pattern.test(asked.query)) ?? [];
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        status: 'success',
        warnings: this.#warnings,
        data: isRange ? matrix(asked, series) : vector(asked, series),
      }),
    );
  }
}

/** What stands in the first brackets of a query; 0 without them. */
function windowOf({ query }: AskedQuery): number {
  const [, count, unit] = /\[(\d+)(m?s)\]/.exec(query) ?? [];
  return Number(count ?? 0) * (unit === 's' ? 1_000 : 1);
}

function vector(asked: AskedQuery, series: FakeSeries[]) {
  const { toMs } = asked;
  return {
    resultType: 'vector',
    result: series.flatMap(({ labels = {}, value }) => {
      const now = value(toMs, windowOf(asked));
      return now === undefined
        ? []
        : [{ metric: labels, value: [toMs / 1_000, String(now)] }];
    }),
  };
}

function matrix(asked: AskedQuery, series: FakeSeries[]) {
  const times: number[] = [];
  for (let at = asked.fromMs; at <= asked.toMs; at += asked.stepMs) {
    times.push(at);
  }
  return {
    resultType: 'matrix',
    result: series.flatMap(({ labels = {}, value }) => {
      const values = times.flatMap(at => {
        const then = value(at, windowOf(asked));
        return then === undefined ? [] : [[at / 1_000, String(then)]];
      });
      return values.length > 0 ? [{ metric: labels, values }] : [];
    }),
  };
}
