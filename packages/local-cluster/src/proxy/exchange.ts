import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import { requestHeaders, responseHeaders } from './headers.ts';
import type { PodBackend } from './pod-backend.ts';
import type { Peer } from './peer.ts';
import { refuse, type Refusal } from './refusal.ts';
import { RequestBody } from './request-body.ts';
import type { ResponseFlags } from './request-counts.ts';
import type { ExchangeContext, Route } from './route.ts';

const IDEMPOTENT = new Set([
  'GET',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PUT',
  'DELETE',
]);

/**
 * One request of a caller and its answer from a pod, streamed both ways.
 *
 * A request that never reached a pod goes to the next one, whatever its method; one that was lost on its way and is
 * idempotent and without a body is tried once more, unless a byte of the answer was seen.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #context: ExchangeContext;
  readonly #route: Route;
  readonly #source: Peer;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #startedMs = performance.now();
  readonly #path: string;
  readonly #method: string;
  readonly #headers: string[];
  readonly #hasBody: boolean;
  #cancelTimer: () => void;
  #tried: Set<PodBackend> | undefined;
  #repeated = false;
  #done = false;
  // of the current attempt
  #backend: PodBackend | undefined;
  #body: RequestBody | undefined;
  #controller: Dispatcher.DispatchController | undefined;

  constructor(
    context: ExchangeContext,
    route: Route,
    source: Peer,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    this.#context = context;
    this.#route = route;
    this.#source = source;
    this.#request = request;
    this.#response = response;
    this.#path = originForm(request.url ?? '/');
    this.#method = request.method ?? 'GET';
    this.#headers = requestHeaders(request);
    const length = request.headers['content-length'];
    this.#hasBody =
      request.headers['transfer-encoding'] !== undefined ||
      (length !== undefined && length !== '0');
    this.#cancelTimer = context.clock.after(context.responseTimeoutMs, () =>
      this.#onTimeout(),
    );
    response.once('close', () => this.#onCallerClosed());
  }

  start(): void {
    const backend = this.#route.pick();
    if (backend) this.#send(backend);
    else this.#refuseForNobody();
  }

  #send(backend: PodBackend): void {
    this.#backend = backend;
    this.#controller = undefined;
    this.#body = this.#hasBody ? new RequestBody(this.#request) : undefined;
    backend.acquire();
    backend.pool.dispatch(
      {
        path: this.#path,
        method: this.#method,
        headers: this.#headers,
        body: this.#body,
      },
      this,
    );
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#done) controller.abort(new Error('nobody waits for it any more'));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    statusMessage?: string,
  ): void {
    // Interim responses (100, 103) are advice; this connection has given its own.
    if (this.#done || status < 200) return;
    this.#cancelTimer();
    const raw = Array.isArray(controller.rawHeaders)
      ? controller.rawHeaders
      : [];
    this.#response.writeHead(status, statusMessage, responseHeaders(raw));
    // Headers wait for the first byte of the body, which a stream of events may not send for a long time.
    setImmediate(() => {
      if (!this.#done) this.#response.flushHeaders();
    });
  }

  onResponseData(
    controller: Dispatcher.DispatchController,
    chunk: Buffer,
  ): void {
    if (this.#done || this.#response.write(chunk)) return;
    controller.pause();
    this.#response.once('drain', () => controller.resume());
  }

  onResponseEnd(
    _controller: Dispatcher.DispatchController,
    trailers: Record<string, string | string[] | undefined>,
  ): void {
    this.#backend?.release();
    if (this.#done) return;
    for (const [name, value] of Object.entries(trailers)) {
      if (value !== undefined)
        this.#response.addTrailers([[name, String(value)]]);
    }
    this.#finish(this.#response.statusCode, '-');
    this.#response.end();
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#backend?.release();
    if (this.#done) return;
    if (this.#response.headersSent) {
      // Half an answer must not look like a whole one.
      this.#finish(502, 'UC');
      this.#response.destroy();
      return;
    }
    if (codeOf(error) === 'UND_ERR_INVALID_ARG') {
      this.#refuse(
        {
          status: 400,
          error: `the request cannot be passed on: ${error.message}`,
        },
        '-',
      );
      return;
    }
    const next = this.#mayRepeat() ? this.#next() : undefined;
    if (next) this.#send(next);
    else if (this.#route.backends.length === 0) this.#refuseForNobody();
    else {
      this.#refuse(
        { status: 502, error: this.#describe(error) },
        this.#controller ? 'UC' : 'UF',
      );
    }
  }

  #mayRepeat(): boolean {
    const reachedPod = this.#controller !== undefined;
    if (!reachedPod) return !this.#body?.consumed;
    if (this.#repeated || this.#hasBody || !IDEMPOTENT.has(this.#method))
      return false;
    this.#repeated = true;
    return true;
  }

  #next(): PodBackend | undefined {
    this.#tried ??= new Set();
    if (this.#backend) this.#tried.add(this.#backend);
    const untried = this.#route.pick(this.#tried);
    // Lost on its way to the only pod there is: that one may have dropped an idle connection.
    return untried ?? (this.#controller ? this.#route.pick() : undefined);
  }

  #describe(error: Error): string {
    const { podName, port } = this.#backend ?? { podName: 'unknown', port: 0 };
    const pod = `pod ${podName} behind service ${this.#route.name}`;
    return codeOf(error) === 'ECONNREFUSED'
      ? `${pod} does not listen on its PORT ${port}`
      : `${pod} broke the connection before it answered: ${error.message}`;
  }

  #onTimeout(): void {
    if (this.#done) return;
    const seconds = this.#context.responseTimeoutMs / 1000;
    const { podName = 'unknown' } = this.#backend ?? {};
    this.#refuse(
      {
        status: 504,
        error: `pod ${podName} behind service ${
          this.#route.name
        } did not answer within ${seconds} s`,
      },
      'UT',
    );
    this.#controller?.abort(new Error('the pod took too long'));
  }

  #onCallerClosed(): void {
    if (this.#done) return;
    this.#finish(0, 'DC');
    this.#controller?.abort(new Error('the caller went away'));
  }

  #refuseForNobody(): void {
    this.#refuse({ status: 503, error: this.#route.whyNobody }, 'UH');
  }

  #refuse(refusal: Refusal, flags: ResponseFlags): void {
    this.#finish(refusal.status, flags);
    refuse(this.#response, refusal);
  }

  #finish(code: number, flags: ResponseFlags): void {
    this.#done = true;
    this.#cancelTimer();
    const { counts } = this.#context;
    const durationMs = performance.now() - this.#startedMs;
    const destination = this.#controller && this.#backend?.peer;
    const end = { code, flags, destination };
    counts.record(this.#source, this.#route, end, durationMs);
    // What the pod did not read of the request would block the caller's next one.
    if (this.#hasBody) this.#request.resume();
  }
}

function codeOf(error: Error): unknown {
  return 'code' in error ? error.code : undefined;
}

/** A proxy may be asked in absolute form (RFC 9112, 3.2.2); a pod never is. */
function originForm(target: string): string {
  if (!/^https?:\/\//i.test(target)) return target;
  const { pathname, search } = new URL(target);
  return pathname + search;
}
