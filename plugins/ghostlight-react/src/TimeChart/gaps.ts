import type { ChartPoint, ChartSeries, ChartWindow } from './types';

/** A stretch in which no series has a value. */
export interface ChartGap {
  from: number;
  to: number;
  /** Why: "no data". */
  words: string;
}

/** What a gap is called unless its owner knows better. */
export const noData = 'no data';

/** The newest values come a little late: so many steps are no gap yet. */
const latenessSteps = 3;

/** Where nothing was measured within the window, and why as far as `missing` knows. */
export function gapsOf(
  series: readonly ChartSeries[],
  window: ChartWindow,
  missing: (at: number) => string,
): ChartGap[] {
  const { from, to, stepSeconds } = window;
  const known = new Set(
    series.flatMap(({ points }) =>
      points.flatMap(([at, value]) => (value === null ? [] : [at])),
    ),
  );
  const times = [...new Set(series.flatMap(({ points }) => points.map(at0)))]
    .filter(at => at >= from && at <= to)
    .sort((a, b) => a - b);
  const gaps: ChartGap[] = [];
  let end = from;
  for (const at of times) {
    if (at - end > stepSeconds * 1.5) {
      extend(gaps, { from: end, to: at - stepSeconds / 2, words: noData });
    }
    if (!known.has(at)) {
      extend(gaps, {
        from: Math.max(from, at - stepSeconds / 2),
        to: Math.min(to, at + stepSeconds / 2),
        words: missing(at),
      });
    }
    end = Math.min(to, at + stepSeconds / 2);
  }
  if (to - end > stepSeconds * latenessSteps) {
    extend(gaps, { from: end, to, words: noData });
  }
  return gaps.filter(
    gap => gap.to < to || gap.to - gap.from > stepSeconds * latenessSteps,
  );
}

/** The newest value, and when it was measured. */
export function lastKnown(
  points: readonly ChartPoint[],
): { at: number; value: number } | undefined {
  for (let n = points.length - 1; n >= 0; n -= 1) {
    const [at, value] = points[n];
    if (value !== null) {
      return { at, value };
    }
  }
  return undefined;
}

/** The newest value where it still tells how things are at the window's end: what a chart has in its head. */
export function newestValue(
  points: readonly ChartPoint[],
  window: ChartWindow,
): number | undefined {
  const known = lastKnown(points);
  return known && isFresh(known.at, window) ? known.value : undefined;
}

/** Whether a value of that time still tells how things are at the window's end. */
export function isFresh(at: number, window: ChartWindow): boolean {
  return window.to - at <= window.stepSeconds * latenessSteps;
}

function at0([at]: ChartPoint): number {
  return at;
}

function extend(gaps: ChartGap[], gap: ChartGap) {
  const last = gaps.at(-1);
  if (last && last.words === gap.words && gap.from - last.to < 1e-6) {
    last.to = gap.to;
  } else {
    gaps.push(gap);
  }
}
