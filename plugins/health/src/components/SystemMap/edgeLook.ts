import type { MapEdge } from '@ghostlight/plugin-health-common';
import { shownRatio } from './figures';

/** From this share of failed requests on a line is worth a look, and from that on it hurts. */
export const warnRatio = 0.01;
export const badRatio = 0.05;

export interface EdgeLook {
  tone: 'calm' | 'warn' | 'bad';
  /** Of the line, in pixels. */
  width: number;
  /** Declared, and nothing was seen of it. */
  isUnseen: boolean;
  /** Seen, and nobody said so. */
  isUndeclared: boolean;
}

/** How an edge is drawn: as thick as its traffic is much, in the colour of its errors. */
export function edgeLook(edge: MapEdge): EdgeLook {
  const { sources, requestsPerSecond = 0 } = edge;
  const isSeen = sources.includes('traffic') || sources.includes('trace');
  return {
    tone: toneOf(edge.errorRatio),
    // Ten times the requests are a step more: 1/s and 1,000/s are on one map.
    width: Math.min(7, 1.25 + 1.5 * Math.log10(1 + requestsPerSecond)),
    isUnseen: !isSeen,
    isUndeclared: isSeen && isUndeclared(edge),
  };
}

/** People outside need not be declared: nobody could. */
function isUndeclared({ from, sources }: MapEdge): boolean {
  return from !== 'unknown' && !sources.includes('catalog');
}

/** Of a share of failed requests, as it is shown: 4.96 % reads as 5 %, and is as red. */
export function toneOf(ratio: number = 0): EdgeLook['tone'] {
  const shown = shownRatio(ratio);
  if (shown >= badRatio) {
    return 'bad';
  }
  return shown >= warnRatio ? 'warn' : 'calm';
}
