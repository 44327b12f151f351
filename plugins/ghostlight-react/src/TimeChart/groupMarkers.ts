import type { ChartMarker } from './types';

/** Markers that stand so close that they would hide each other. */
export interface MarkerGroup {
  x: number;
  /** Oldest first. */
  markers: ChartMarker[];
}

export function groupMarkers(
  markers: readonly ChartMarker[],
  xOf: (at: number) => number,
  leastGapPx: number,
): MarkerGroup[] {
  const groups: MarkerGroup[] = [];
  const ordered = markers
    .map(marker => ({ marker, x: xOf(Date.parse(marker.at) / 1000) }))
    .sort((a, b) => a.x - b.x);
  for (const { marker, x } of ordered) {
    const last = groups.at(-1);
    if (last && x - last.x < leastGapPx) {
      last.markers.push(marker);
    } else {
      groups.push({ x, markers: [marker] });
    }
  }
  return groups;
}
