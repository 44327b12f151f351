import { currentTrace } from './trace.js';

export const LEVELS = ['debug', 'info', 'warn', 'error'];

/** One JSON object a line. Trace and span are those of the request that is being answered. */
export function createLog({
  service,
  level: least = 'info',
  write = line => process.stdout.write(line),
}) {
  const at = level => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return () => {};
    return (msg, fields = {}) => {
      const trace = currentTrace();
      const entry = {
        time: new Date().toISOString(),
        level,
        msg,
        service,
        ...(trace && { trace_id: trace.traceId, span_id: trace.spanId }),
        ...fields,
      };
      write(`${JSON.stringify(entry, plainError)}\n`);
    };
  };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}

function plainError(_key, value) {
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  return { name, message, stack, cause };
}
