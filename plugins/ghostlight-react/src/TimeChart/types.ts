import type { StatusTone } from '../Status';

/** Unix seconds and value; null where nothing was measured. */
export type ChartPoint = readonly [at: number, value: number | null];

/** Unix seconds, and the ends of an interval. */
export type ChartBand = readonly [
  at: number,
  low: number | null,
  high: number | null,
];

/** What the figures are: decides how they are written and where the ticks stand. */
export type ChartUnit =
  | 'ratio'
  | 'ms'
  | 'per-second'
  | 'cores'
  | 'bytes'
  | 'count';

export interface ChartSeries {
  /** Stands at the end of the line: "p95". */
  name: string;
  /** Oldest first; all series of a chart have theirs at the same times. */
  points: readonly ChartPoint[];
  /** Default `info`. */
  tone?: StatusTone;
  /** `strong` (default) is what the chart is about, `quiet` and `dashed` stand behind it. */
  look?: 'strong' | 'quiet' | 'dashed';
  /** Tints the area below the line. */
  filled?: boolean;
  /** The interval within which the value lies. */
  band?: readonly ChartBand[];
}

/** Something that happened at one moment: a deploy. */
export interface ChartMarker {
  id: string;
  /** ISO 8601. */
  at: string;
  /** "Deploy a1b2c3d" */
  title: string;
  /** "Greet people by their first name, by Maya Lindqvist" */
  detail?: string;
}

/** A stretch of time to be seen: a fault, an incident. */
export interface ChartShade {
  /** ISO 8601. */
  from: string;
  to: string;
  label: string;
  /** Default `info`. */
  tone?: StatusTone;
}

export interface ChartLimit {
  value: number;
  /** "limit" */
  label: string;
}

/** The stretch of time all charts of a screen show. */
export interface ChartWindow {
  /** Unix seconds. */
  from: number;
  to: number;
  stepSeconds: number;
}
