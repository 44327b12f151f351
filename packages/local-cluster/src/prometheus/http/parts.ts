import type { Clock } from '../../types.ts';
import type { Scraper } from '../scrape/scraper.ts';
import type { Tsdb } from '../tsdb/tsdb.ts';

/** Reads and evaluates PromQL. */
export type QueryEngine = typeof import('../promql/index.ts');
export type { RangeQuery } from '../promql/index.ts';

/** What the answers are made from. */
export interface ApiParts {
  tsdb: Tsdb;
  scraper: Scraper;
  clock: Clock;
  /** Loaded when it is needed: it takes some MB. */
  engine(): Promise<QueryEngine>;
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
