import type { Clock } from '../../types.ts';
import type { Scraper } from '../scrape/scraper.ts';
import type { Tsdb } from '../tsdb/tsdb.ts';
import type { Matcher, QueryValue, SeriesSource } from '../types.ts';

/** Reads and evaluates PromQL. Each method throws QueryError. */
export interface QueryEngine {
  evaluateInstant(query: {
    expression: string;
    source: SeriesSource;
    atMs: number;
  }): QueryValue;
  evaluateRange(query: {
    expression: string;
    source: SeriesSource;
    startMs: number;
    endMs: number;
    stepMs: number;
  }): QueryValue;
  parseSelector(text: string): Matcher[];
}

/** What the answers are made from. */
export interface ApiParts {
  tsdb: Tsdb;
  scraper: Scraper;
  clock: Clock;
  engine: QueryEngine;
}

export interface ApiAnswer {
  /** JSON text */
  data: string;
  warnings?: readonly string[];
}

/** One path of the API. */
export interface ApiEndpoint {
  /** Behind /prometheus/api/v1/; `*` stands for one segment. */
  path: string;
  methods: readonly ('GET' | 'POST')[];
  answer(
    parts: ApiParts,
    parameters: URLSearchParams,
    segment: string,
  ): ApiAnswer | Promise<ApiAnswer>;
}
