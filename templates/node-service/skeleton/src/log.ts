import type { Level } from './config.ts';
import { currentTrace } from './trace.ts';

const ORDER: Record<Level, number> = { debug: 0, info: 1, warn: 2, error: 3 };

export type Fields = Record<string, unknown>;

export interface Log {
  debug(msg: string, fields?: Fields): void;
  info(msg: string, fields?: Fields): void;
  warn(msg: string, fields?: Fields): void;
  error(msg: string, fields?: Fields): void;
}

/** One JSON object a line. The trace is that of the request being answered. */
export function createLog(
  least: Level,
  write: (line: string) => void = line => process.stdout.write(line),
): Log {
  const at =
    (level: Level) =>
    (msg: string, fields: Fields = {}) => {
      if (ORDER[level] < ORDER[least]) return;
      const trace = currentTrace();
      const entry = {
        time: new Date().toISOString(),
        level,
        msg,
        traceId: trace?.traceId,
        spanId: trace?.spanId,
        ...fields,
      };
      write(`${JSON.stringify(entry, plainError)}\n`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function plainError(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (!(value instanceof Error)) return value;
  return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
}
