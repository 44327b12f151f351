import { QueryError } from '../../types.ts';

/** A mistake in a query's text, in Prometheus' words: line and column, both from 1. */
export function mistake(text: string, at: number, message: string): QueryError {
  const before = text.slice(0, at).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  return new QueryError(
    'bad_data',
    `${before.length}:${column}: parse error: ${message}`,
  );
}
