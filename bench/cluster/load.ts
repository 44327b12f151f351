import { type Dispatcher, Pool } from 'undici';
import { type Histogram, build } from 'hdr-histogram-js';

export interface LoadResult {
  requests: number;
  /** Broken connections and answers from 500 on, in words, with how often they came. */
  errors: Map<string, number>;
  seconds: number;
  /** Microseconds. */
  latency: Histogram;
}

/** One request with as little of our own work as possible. */
function ask(
  pool: Pool,
  method: 'GET' | 'POST',
  done: (problem: string | undefined) => void,
): void {
  let status = 0;
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart() {},
    onResponseStart(_controller, statusCode) {
      status = statusCode;
    },
    onResponseData() {},
    onResponseEnd() {
      // What a pod itself answers, such as 404 to a POST it does not know, was carried.
      done(status < 500 ? undefined : `status ${status}`);
    },
    onResponseError(_controller, error) {
      done(error.message);
    },
  };
  pool.dispatch(
    {
      path: '/',
      method,
      body: method === 'POST' ? 'x'.repeat(200) : undefined,
    },
    handler,
  );
}

function newResult() {
  const latency = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 60_000_000,
    numberOfSignificantValueDigits: 3,
  });
  const errors = new Map<string, number>();
  const note = (problem: string) =>
    errors.set(problem, (errors.get(problem) ?? 0) + 1);
  return { latency, errors, note };
}

/**
 * Requests at a fixed rate, whatever the answers do; latency counts from when a request should have been sent, so that a
 * stall is seen by all the requests it held up. Ends by itself after `seconds`, or when `signal` aborts.
 */
export async function openLoop(
  url: string,
  {
    perSecond,
    seconds,
    signal,
  }: { perSecond: number; seconds: number; signal?: AbortSignal },
): Promise<LoadResult> {
  const pool = new Pool(new URL(url).origin, {
    connections: 64,
    pipelining: 1,
  });
  const { latency, errors, note } = newResult();
  const startMs = performance.now();
  const total = Math.floor(perSecond * seconds);
  let sent = 0;
  let answered = 0;
  await new Promise<void>(resolve => {
    const settle = () => {
      answered += 1;
      if ((sent === total || signal?.aborted) && answered === sent) resolve();
    };
    const tick = () => {
      const due = Math.min(
        total,
        Math.floor(((performance.now() - startMs) / 1000) * perSecond),
      );
      while (sent < due && !signal?.aborted) {
        const intendedMs = startMs + (sent / perSecond) * 1000;
        sent += 1;
        ask(pool, sent % 4 === 0 ? 'POST' : 'GET', problem => {
          latency.recordValue(
            Math.max(1, Math.round((performance.now() - intendedMs) * 1000)),
          );
          if (problem) note(problem);
          settle();
        });
      }
      if (sent < total && !signal?.aborted) {
        const nextMs = startMs + (sent / perSecond) * 1000;
        // A timer may be a millisecond late: only the last stretch is spun, the processor is needed elsewhere.
        const idleMs = Math.floor(nextMs - performance.now() - 1);
        if (idleMs > 0) setTimeout(tick, idleMs);
        else setImmediate(tick);
      } else if (answered === sent) resolve();
    };
    tick();
  });
  await pool.close();
  return {
    requests: sent,
    errors,
    seconds: (performance.now() - startMs) / 1000,
    latency,
  };
}

/** As many requests as `callers` get answered, each asking again when it has its answer: what can be carried. */
export async function closedLoop(
  url: string,
  { callers, seconds }: { callers: number; seconds: number },
): Promise<LoadResult> {
  const pool = new Pool(new URL(url).origin, {
    connections: callers,
    pipelining: 1,
  });
  const { latency, errors, note } = newResult();
  const startMs = performance.now();
  const endMs = startMs + seconds * 1000;
  let requests = 0;
  const caller = () =>
    new Promise<void>(resolve => {
      const next = () => {
        const sentMs = performance.now();
        if (sentMs >= endMs) {
          resolve();
          return;
        }
        ask(pool, 'GET', problem => {
          requests += 1;
          latency.recordValue(
            Math.max(1, Math.round((performance.now() - sentMs) * 1000)),
          );
          if (problem) note(problem);
          next();
        });
      };
      next();
    });
  await Promise.all(Array.from({ length: callers }, caller));
  await pool.close();
  return {
    requests,
    errors,
    seconds: (performance.now() - startMs) / 1000,
    latency,
  };
}

export const errorCount = ({ errors }: LoadResult) =>
  [...errors.values()].reduce((sum, count) => sum + count, 0);
