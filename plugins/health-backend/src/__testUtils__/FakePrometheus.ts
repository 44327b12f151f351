import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One series: its labels, and its value at all times. */
type Series = [labels: Record<string, string>, value: number];

/** A Prometheus over HTTP whose series never change; which ones answer an expression is up to the test. */
export class FakePrometheus {
  readonly queries: string[] = [];
  readonly #rules: Array<[pattern: RegExp, series: Series[]]> = [];
  #since = 0;
  #respond: ((response: ServerResponse) => void) | undefined;
  readonly #server: Server;

  static async start(): Promise<FakePrometheus> {
    const fake = new FakePrometheus();
    await new Promise<void>(resolve => {
      fake.#server.listen(0, '127.0.0.1', resolve);
    });
    return fake;
  }

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const form = new URLSearchParams(await text(request));
      const query = form.get('query') ?? '';
      this.queries.push(query);
      if (this.#respond) {
        this.#respond(response);
        return;
      }
      const [, series = []] =
        this.#rules.find(([pattern]) => pattern.test(query)) ?? [];
      response.end(
        JSON.stringify({
          status: 'success',
          data: data(form, series, this.#since),
        }),
      );
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** The newest rule counts first. */
  on(pattern: RegExp, ...series: Series[]): this {
    this.#rules.unshift([pattern, series]);
    return this;
  }

  /** Ranges have nothing before. */
  since(since: Date): this {
    this.#since = since.getTime() / 1_000;
    return this;
  }

  /** Answers everything this way; as usual again when undefined. */
  misbehave(respond: ((response: ServerResponse) => void) | undefined): void {
    this.#respond = respond;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}

function data(form: URLSearchParams, series: Series[], since: number) {
  const number = (name: string) => Number(form.get(name));
  if (!form.has('start')) {
    return {
      resultType: 'vector',
      result: series.map(([metric, value]) => ({
        metric,
        value: [number('time'), String(value)],
      })),
    };
  }
  const count = Math.floor((number('end') - number('start')) / number('step'));
  const times = Array.from(
    { length: count + 1 },
    (_, index) => number('start') + index * number('step'),
  ).filter(at => at >= since);
  return {
    resultType: 'matrix',
    result: series.map(([metric, value]) => ({
      metric,
      values: times.map(at => [at, String(value)]),
    })),
  };
}
