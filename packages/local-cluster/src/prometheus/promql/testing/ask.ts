import { evaluateInstant } from '../evaluate.ts';
import { formatLabels } from '../labels.ts';
import { memorySource } from './memory-source.ts';
import { expand } from './notation.ts';

/** Answers an expression over series in promtool's notation, a sample a minute, as `labels value` lines in the answer's order. */
export function ask(
  expression: string,
  series: Record<string, string>,
  atMinutes: number,
): string[] {
  const source = memorySource(
    Object.entries(series).map(([name, values]) =>
      expand({ series: name, values }, 60_000),
    ),
  );
  const value = evaluateInstant({
    expression,
    source,
    atMs: atMinutes * 60_000,
  });
  switch (value.resultType) {
    case 'vector':
      return value.result.map(
        ({ metric, value: [, number] }) => `${formatLabels(metric)} ${number}`,
      );
    case 'matrix':
      return value.result.map(
        ({ metric, values }) =>
          `${formatLabels(metric)} ${values
            .map(([timeMs, number]) => `${number}@${timeMs / 1000}`)
            .join(' ')}`,
      );
    default:
      return [String(value.result[1])];
  }
}
