import type { Summary } from './bench.ts';

/** Three significant figures are as many as a benchmark is worth. */
export function figure(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e6)
    return value.toLocaleString('en');
  return Number(value.toPrecision(3)).toLocaleString('en', {
    maximumFractionDigits: 6,
  });
}

function limitOf({ limit, unit }: Summary): string {
  if (!limit) return '';
  return 'atMost' in limit
    ? `<= ${figure(limit.atMost)} ${unit}`
    : `>= ${figure(limit.atLeast)} ${unit}`;
}

/** Columns by their widest cell; numbers to the right. */
export function tableOf(summaries: Summary[]): string {
  const header = ['measure', 'median', 'spread', 'promised', ''];
  const rows = summaries.map(summary => [
    summary.name,
    `${figure(summary.median)} ${summary.unit}`,
    `${figure(summary.min)} to ${figure(summary.max)} (${
      summary.samples.length
    })`,
    limitOf(summary),
    summary.verdict ?? '',
  ]);
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map(row => row[column].length)),
  );
  return [header, ...rows]
    .map(row =>
      row
        .map((cell, column) =>
          column === 1
            ? cell.padStart(widths[column])
            : cell.padEnd(widths[column]),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
