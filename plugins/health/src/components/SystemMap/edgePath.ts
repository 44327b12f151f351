import type { Point } from './layout';

const arrow = 7;

/** A line that leaves and arrives level, short of its end by the arrowhead. */
export function edgePath(points: readonly Point[]): string {
  const [start, ...rest] = points;
  const end = rest[rest.length - 1];
  const heading = Math.sign(end.x - points[points.length - 2].x) || 1;
  const way = [
    start,
    ...rest.slice(0, -1),
    { x: end.x - heading * arrow, y: end.y },
  ];
  return way
    .map((point, index) => {
      if (index === 0) {
        return `M${point.x} ${point.y}`;
      }
      const from = way[index - 1];
      if (from.y === point.y) {
        return `H${point.x}`;
      }
      const middle = (from.x + point.x) / 2;
      return `C${middle} ${from.y} ${middle} ${point.y} ${point.x} ${point.y}`;
    })
    .join('');
}

/** The arrowhead; wide enough for the line it ends. */
export function arrowPath(points: readonly Point[], width: number): string {
  const end = points[points.length - 1];
  const heading = Math.sign(end.x - points[points.length - 2].x) || 1;
  const half = Math.max(4, width);
  const base = end.x - heading * (arrow + 1);
  return `M${end.x} ${end.y}L${base} ${end.y - half}V${end.y + half}Z`;
}
