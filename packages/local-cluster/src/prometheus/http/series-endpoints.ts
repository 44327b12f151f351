import { setImmediate } from 'node:timers/promises';
import type { Labels } from '../types.ts';
import { badData } from './envelope.ts';
import { limitParameter, timeParameter } from './parameters.ts';
import type { ApiAnswer, ApiEndpoint, ApiParts } from './parts.ts';

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const MOST_SELECTORS = 100;

/** Labels of the series that any of the selectors means, and that had samples in the asked time. */
async function matchedLabels(
  { engine, tsdb }: ApiParts,
  parameters: URLSearchParams,
): Promise<Set<Labels>> {
  const selectors = parameters.getAll('match[]');
  if (selectors.length > MOST_SELECTORS) {
    throw badData(`at most ${MOST_SELECTORS} match[] are read at once`);
  }
  const fromMs = (timeParameter(parameters, 'start') ?? -Infinity) - 1;
  const toMs = timeParameter(parameters, 'end') ?? Infinity;
  const { parseSelector } = await engine();
  const found = new Set<Labels>();
  for (const selector of selectors) {
    const matchers = parseSelector(selector);
    for (const labels of tsdb.present(matchers, fromMs, toMs)) {
      found.add(labels);
    }
    // Each of them may look at all series: others have their turn in between.
    if (selectors.length > 1) await setImmediate();
  }
  return found;
}

function listed(
  { tsdb }: ApiParts,
  items: readonly unknown[],
  limit: number | undefined,
): ApiAnswer {
  const warnings = tsdb.problems();
  return limit === undefined || items.length <= limit
    ? { data: JSON.stringify(items), warnings }
    : {
        data: JSON.stringify(items.slice(0, limit)),
        warnings: [...warnings, 'results truncated due to limit'],
      };
}

const series: ApiEndpoint = {
  path: 'series',
  methods: ['GET', 'POST'],
  async answer(parts, parameters) {
    if (!parameters.has('match[]')) {
      throw badData('no match[] parameter provided');
    }
    const limit = limitParameter(parameters);
    return listed(parts, [...(await matchedLabels(parts, parameters))], limit);
  },
};

const labels: ApiEndpoint = {
  path: 'labels',
  methods: ['GET', 'POST'],
  async answer(parts, parameters) {
    const limit = limitParameter(parameters);
    if (!parameters.has('match[]')) {
      return listed(parts, parts.tsdb.index.labelNames(), limit);
    }
    const names = new Set<string>();
    for (const found of await matchedLabels(parts, parameters)) {
      for (const name of Object.keys(found)) names.add(name);
    }
    return listed(parts, [...names].sort(), limit);
  },
};

const labelValues: ApiEndpoint = {
  path: 'label/*/values',
  methods: ['GET'],
  async answer(parts, parameters, name) {
    if (!LABEL_NAME.test(name)) {
      throw badData(`invalid label name: ${JSON.stringify(name)}`);
    }
    const limit = limitParameter(parameters);
    if (!parameters.has('match[]')) {
      return listed(parts, parts.tsdb.index.labelValues(name), limit);
    }
    const values = new Set<string>();
    for (const found of await matchedLabels(parts, parameters)) {
      if (Object.hasOwn(found, name)) values.add(found[name]);
    }
    return listed(parts, [...values].sort(), limit);
  },
};

export const seriesEndpoints: readonly ApiEndpoint[] = [
  series,
  labels,
  labelValues,
];
