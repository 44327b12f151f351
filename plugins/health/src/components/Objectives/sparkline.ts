import type { HealthPoint } from '@ghostlight/plugin-health-common';

export interface SparklineSpace {
  width: number;
  height: number;
  /** Values at the lower and the upper edge; what is beyond them is drawn at the edge. */
  from: number;
  to: number;
}

/** The path of a small line; it breaks where nothing was measured. */
export function sparkline(
  points: readonly HealthPoint[],
  space: SparklineSpace,
): string {
  if (points.length === 0) {
    return '';
  }
  const { width, height, from, to } = space;
  const begin = points[0][0];
  const span = Math.max(1, points[points.length - 1][0] - begin);
  // Half of the stroke would be cut off at the edges.
  const inset = 1;
  let isDrawing = false;
  return points
    .flatMap(([at, value]) => {
      if (value === null) {
        isDrawing = false;
        return [];
      }
      const share = Math.min(1, Math.max(0, (value - from) / (to - from || 1)));
      const x = round(((at - begin) / span) * width);
      const y = round(inset + (1 - share) * (height - 2 * inset));
      const command = `${isDrawing ? 'L' : 'M'}${x} ${y}`;
      isDrawing = true;
      return [command];
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
