import { readSeriesText } from '../scrape/series-text.ts';
import { type Matcher, QueryError, STALE } from '../types.ts';
import type { QueryEngine } from './parts.ts';

const LOOKBACK_MS = 5 * 60_000;

function parseSelector(text: string): Matcher[] {
  try {
    return readSeriesText(text).map(([name, value]) => ({
      name,
      operator: '=',
      value,
    }));
  } catch (error) {
    throw new QueryError(
      'bad_data',
      error instanceof Error ? error.message : String(error),
    );
  }
}

/** Plain selectors only, until the whole language is read. */
export const thinEngine: QueryEngine = {
  parseSelector,
  evaluateInstant({ expression, source, atMs }) {
    const selected = source.select(
      parseSelector(expression),
      atMs - LOOKBACK_MS,
      atMs,
    );
    return {
      resultType: 'vector',
      result: selected.flatMap(({ labels, values }) => {
        const value = values[values.length - 1];
        return value === STALE
          ? []
          : [{ metric: labels, value: [atMs, value] as [number, number] }];
      }),
    };
  },
  evaluateRange() {
    throw new QueryError('execution', 'range queries are not answered yet');
  },
};
