import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

const current = new AsyncLocalStorage();

const TRACEPARENT =
  /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/** Joins the caller's trace (W3C Trace Context), or begins one when there is none or it cannot be read. */
export function joinTrace(traceparent, tracestate) {
  const spanId = randomBytes(8).toString('hex');
  const [, traceId, parentId, flags] =
    TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (!traceId || /^0+$/.test(traceId) || /^0+$/.test(parentId)) {
    return { traceId: randomBytes(16).toString('hex'), spanId, flags: '01' };
  }
  return { traceId, spanId, flags, state: tracestate };
}

/** What everything called from here on, awaited or not, sees as its trace. */
export const withTrace = (trace, run) => current.run(trace, run);

export const currentTrace = () => current.getStore();

/** Headers that carry the trace to the next service. */
export function traceHeaders(trace = currentTrace()) {
  if (!trace) return {};
  return {
    traceparent: `00-${trace.traceId}-${trace.spanId}-${trace.flags}`,
    ...(trace.state && { tracestate: trace.state }),
  };
}
