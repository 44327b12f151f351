import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** Where a request stands in a trace, as W3C Trace Context has it. */
export interface Trace {
  traceId: string;
  /** Our own span within it. */
  spanId: string;
  sampled: boolean;
  /** Vendor data that is passed on untouched. */
  state?: string;
}

const current = new AsyncLocalStorage<Trace>();

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/** Joins the caller's trace, or begins one when there is none or it cannot be read. */
export function joinTrace(traceparent?: string, tracestate?: string): Trace {
  const spanId = randomBytes(8).toString('hex');
  const [, traceId, parentId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (!traceId || /^0+$/.test(traceId) || /^0+$/.test(parentId)) {
    return { traceId: randomBytes(16).toString('hex'), spanId, sampled: true };
  }
  return { traceId, spanId, sampled: (parseInt(flags, 16) & 1) === 1, state: tracestate };
}

/** What everything called from here on, awaited or not, sees as its trace. */
export function withTrace<T>(trace: Trace, run: () => T): T {
  return current.run(trace, run);
}

export function currentTrace(): Trace | undefined {
  return current.getStore();
}

/** Headers that carry the trace to the next service. */
export function traceHeaders(trace = currentTrace()): Record<string, string> {
  if (!trace) return {};
  const headers: Record<string, string> = {
    traceparent: `00-${trace.traceId}-${trace.spanId}-${trace.sampled ? '01' : '00'}`,
  };
  if (trace.state) headers.tracestate = trace.state;
  return headers;
}
