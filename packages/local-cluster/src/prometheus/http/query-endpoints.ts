import type { QueryValue } from '../types.ts';
import { atOnce, checkPoints } from './bounds.ts';
import { badData } from './envelope.ts';
import { evaluateRangeInPieces } from './evaluate-range.ts';
import {
  durationParameter,
  limitParameter,
  timeParameter,
} from './parameters.ts';
import type { ApiAnswer, ApiEndpoint, ApiParts } from './parts.ts';
import { queryJson } from './query-json.ts';

/** As in Prometheus: enough for 60 s steps over a week. */
const MOST_STEPS = 11_000;
const LONGEST_QUERY = 32 * 1024;
/** All pieces of a range query. */
const LONGEST_MS = 20_000;

function expressionOf(parameters: URLSearchParams): string {
  const expression = parameters.get('query') ?? '';
  if (expression.trim() === '') {
    throw badData('invalid parameter "query": it is missing or empty');
  }
  if (expression.length > LONGEST_QUERY) {
    throw badData(
      `invalid parameter "query": it has ${expression.length} characters, the most are ${LONGEST_QUERY}`,
    );
  }
  return expression;
}

/** What `timeout` asks for, as far as it is allowed. */
function deadlineOf(parameters: URLSearchParams): number {
  const asked = durationParameter(parameters, 'timeout');
  return asked === undefined || asked <= 0
    ? LONGEST_MS
    : Math.min(asked, LONGEST_MS);
}

async function answerOf(
  { tsdb }: ApiParts,
  value: QueryValue,
  limit: number | undefined,
): Promise<ApiAnswer> {
  const warnings = tsdb.problems();
  if (value.resultType === 'scalar' || value.resultType === 'string') {
    return { data: await queryJson(value), warnings };
  }
  if (limit === undefined || value.result.length <= limit) {
    return { data: await queryJson(value), warnings };
  }
  const cut =
    value.resultType === 'vector'
      ? { ...value, result: value.result.slice(0, limit) }
      : { ...value, result: value.result.slice(0, limit) };
  return {
    data: await queryJson(cut),
    warnings: [...warnings, 'results truncated due to limit'],
  };
}

const query: ApiEndpoint = {
  path: 'query',
  methods: ['GET', 'POST'],
  async answer(parts, parameters) {
    const { tsdb, clock } = parts;
    const limit = limitParameter(parameters);
    const expression = expressionOf(parameters);
    const atMs = timeParameter(parameters, 'time') ?? clock.now().getTime();
    const deadlineMs = deadlineOf(parameters);
    const engine = await parts.engine();
    const value = engine.evaluateInstant({
      expression,
      source: tsdb,
      atMs,
      ...atOnce(deadlineMs),
    });
    if (value.resultType === 'matrix') {
      checkPoints(
        value.result.reduce((sum, { values }) => sum + values.length, 0),
      );
    }
    return answerOf(parts, value, limit);
  },
};

const queryRange: ApiEndpoint = {
  path: 'query_range',
  methods: ['GET', 'POST'],
  async answer(parts, parameters) {
    const startMs = timeParameter(parameters, 'start');
    const endMs = timeParameter(parameters, 'end');
    const stepMs = durationParameter(parameters, 'step');
    const limit = limitParameter(parameters);
    if (startMs === undefined) throw badData('parameter "start" is missing');
    if (endMs === undefined) throw badData('parameter "end" is missing');
    if (stepMs === undefined) throw badData('parameter "step" is missing');
    if (endMs < startMs) {
      throw badData(
        'invalid parameter "end": end timestamp must not be before start time',
      );
    }
    if (stepMs <= 0) {
      throw badData(
        'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
      );
    }
    if ((endMs - startMs) / stepMs > MOST_STEPS) {
      throw badData(
        'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
      );
    }
    const expression = expressionOf(parameters);
    const value = await evaluateRangeInPieces(
      await parts.engine(),
      {
        expression,
        source: parts.tsdb,
        startMs,
        endMs,
        stepMs,
      },
      deadlineOf(parameters),
    );
    return answerOf(parts, value, limit);
  },
};

export const queryEndpoints: readonly ApiEndpoint[] = [query, queryRange];
