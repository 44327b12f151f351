import { setImmediate } from 'node:timers/promises';
import type { Labels, Point, QueryValue } from '../types.ts';

/** As Go writes a float in JSON strings: NaN and infinities by name, else the shortest digits. */
function numberText(value: number): string {
  if (value === Infinity) return '+Inf';
  if (Object.is(value, -0)) return '-0';
  return String(value);
}

/** Times are seconds with at most three digits behind the point. */
const pointJson = ([timeMs, value]: Point) =>
  `[${timeMs / 1000},"${numberText(value)}"]`;

/** Written at once, in some 20 ms. */
const POINTS_AT_ONCE = 50_000;

const labelsJson = (labels: Labels) => JSON.stringify(labels);

/** Lets others have their turn in between. */
async function matrixJson(
  result: { metric: Labels; values: Point[] }[],
): Promise<string> {
  const items: string[] = [];
  let points = 0;
  for (const { metric, values } of result) {
    points += values.length;
    if (points > POINTS_AT_ONCE) {
      points = values.length;
      await setImmediate();
    }
    const all = values.map(pointJson).join(',');
    items.push(`{"metric":${labelsJson(metric)},"values":[${all}]}`);
  }
  return `{"resultType":"matrix","result":[${items.join(',')}]}`;
}

/** The `data` of an answer. Written by hand: a day of fifty series has 100,000 points. */
export async function queryJson(value: QueryValue): Promise<string> {
  switch (value.resultType) {
    case 'scalar':
      return `{"resultType":"scalar","result":${pointJson(value.result)}}`;
    case 'string': {
      const [timeMs, text] = value.result;
      return `{"resultType":"string","result":[${
        timeMs / 1000
      },${JSON.stringify(text)}]}`;
    }
    case 'vector': {
      const items = value.result.map(
        ({ metric, value: point }) =>
          `{"metric":${labelsJson(metric)},"value":${pointJson(point)}}`,
      );
      return `{"resultType":"vector","result":[${items.join(',')}]}`;
    }
    default:
      return matrixJson(value.result);
  }
}
