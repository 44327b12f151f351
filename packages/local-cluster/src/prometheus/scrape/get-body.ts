import type { Client, Dispatcher } from 'undici';
import type { Clock } from '../../types.ts';

const ACCEPT =
  'text/plain;version=0.0.4;q=1,application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1';

export interface GetOptions {
  path: string;
  timeoutMs: number;
  limitBytes: number;
}

class BodyHandler implements Dispatcher.DispatchHandler {
  readonly #options: GetOptions;
  readonly #resolve: (body: Buffer) => void;
  readonly #reject: (error: Error) => void;
  readonly #cancelTimer: () => void;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #size = 0;
  #problem: Error | undefined;

  constructor(
    clock: Clock,
    options: GetOptions,
    resolve: (body: Buffer) => void,
    reject: (error: Error) => void,
  ) {
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#cancelTimer = clock.after(options.timeoutMs, () =>
      this.#give(
        new Error(`no whole answer within ${options.timeoutMs / 1000} s`),
      ),
    );
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#problem) controller.abort(this.#problem);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return;
    const encoding = headers['content-encoding'];
    if (status !== 200) {
      this.#give(new Error(`server returned HTTP status ${status}`));
    } else if (encoding !== undefined && encoding !== 'identity') {
      this.#give(
        new Error(`the answer is encoded as ${encoding}, which was not asked`),
      );
    }
  }

  onResponseData(
    _controller: Dispatcher.DispatchController,
    chunk: Buffer,
  ): void {
    if (this.#problem) return;
    this.#size += chunk.length;
    if (this.#size > this.#options.limitBytes) {
      this.#give(
        new Error(
          `the body is larger than ${
            this.#options.limitBytes
          } bytes, the most a target may send`,
        ),
      );
      return;
    }
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#cancelTimer();
    if (this.#problem) return;
    this.#resolve(
      this.#chunks.length === 1
        ? this.#chunks[0]
        : Buffer.concat(this.#chunks, this.#size),
    );
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#give(error);
  }

  /** The first problem counts; what comes after is its consequence. */
  #give(problem: Error): void {
    this.#cancelTimer();
    if (this.#problem) return;
    this.#problem = problem;
    this.#chunks.length = 0;
    this.#reject(problem);
    this.#controller?.abort(problem);
  }
}

/** The body of an answer with status 200. @throws Error in words that say what was wrong with it */
export function getBody(
  client: Client,
  clock: Clock,
  options: GetOptions,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    client.dispatch(
      {
        path: options.path,
        method: 'GET',
        headers: {
          accept: ACCEPT,
          'accept-encoding': 'identity',
          'user-agent': 'Prometheus/2.42.0 (local-cluster)',
          'x-prometheus-scrape-timeout-seconds': String(
            options.timeoutMs / 1000,
          ),
        },
      },
      new BodyHandler(clock, options, resolve, reject),
    );
  });
}
