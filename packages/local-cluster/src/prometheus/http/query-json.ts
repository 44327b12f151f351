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

const labelsJson = (labels: Labels) => JSON.stringify(labels);

/** The `data` of an answer. Written by hand: a day of fifty series has 100,000 points. */
export function queryJson(value: QueryValue): string {
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
    default: {
      const items = value.result.map(
        ({ metric, values }) =>
          `{"metric":${labelsJson(metric)},"values":[${values
            .map(pointJson)
            .join(',')}]}`,
      );
      return `{"resultType":"matrix","result":[${items.join(',')}]}`;
    }
  }
}
