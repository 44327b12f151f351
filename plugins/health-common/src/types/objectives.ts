import type { HealthPoint, MetricsProblem } from './metrics';

/**
 * What a team promises about its service; from `slos` of `ghostlight.yaml`.
 *
 * @public
 */
export interface Slo {
  name: string;
  kind: 'availability' | 'latency';
  /** Share of requests that must be good, 0..1 exclusive. */
  objective: number;
  /** ISO 8601 duration, e.g. `P30D`. */
  window: string;
  /** Of kind latency: slower is not good. */
  thresholdMs?: number;
  description?: string;
}

/**
 * How fast the budget is used up: 1 uses exactly all of it within the window of the objective.
 *
 * @remarks
 * Two windows must agree before it fires, the long one so that it matters and the short one so that it is still going on
 * (Google, The Site Reliability Workbook, chapter 5, "multiwindow, multi-burn-rate alerts").
 *
 * @public
 */
export interface BurnRate {
  /** ISO 8601 durations. */
  longWindow: string;
  shortWindow: string;
  /** Undefined while nothing was measured within the window. */
  long?: number;
  short?: number;
  /** Fires when both are at or above it. */
  threshold: number;
  severity: 'critical' | 'warning';
  firing: boolean;
}

/** @public */
export interface ObjectiveHealth {
  slo: Slo;
  /** `met`: within budget and not burning; `at-risk`: a burn rate fires; `breached`: no budget is left. */
  status: 'met' | 'at-risk' | 'breached' | 'unknown';
  /** Readable out loud: `71 % of the budget left, burning 0.4 x`. */
  sentence: string;
  /** Share of good requests within the window, 0..1. */
  attained?: number;
  /** Share of the budget that is left: 1 all, 0 none, negative overspent. */
  budgetLeft?: number;
  requests?: number;
  bad?: number;
  /** Since when there are data within the window, ISO 8601; later than its begin when history is short. */
  since?: string;
  burnRates: BurnRate[];
  /** `budgetLeft` over the last 24 hours at most. */
  history: HealthPoint[];
  /** Why it is unknown, or how limited it is. */
  notes: string[];
}

/**
 * A mistake in `ghostlight.yaml`.
 *
 * @public
 */
export interface ServiceFileMistake {
  /** From 1. */
  line: number;
  column: number;
  /** `slos[0].objective`; empty for the file as a whole. */
  path: string;
  /** What is wrong. */
  message: string;
  /** What would be right: `write 99.9 %, or 0.999`. */
  hint?: string;
}

/**
 * What was read of the component's `ghostlight.yaml`.
 *
 * @public
 */
export interface ServiceFileHealth {
  /** `missing`: no such file; `no-source`: the entity names no repository; `unreadable`: it could not be asked. */
  state: 'valid' | 'invalid' | 'missing' | 'no-source' | 'unreadable';
  path: string;
  /** Name in the forge, or address. */
  repository?: string;
  /** Commit it was read at. */
  sha?: string;
  mistakes: ServiceFileMistake[];
  /** In words, when it is missing or unreadable. */
  message?: string;
  /** Lines around the first mistakes, for display: at most 200 lines of at most 300 characters. */
  excerpt?: Array<{ line: number; text: string }>;
}

/** @public */
export interface HealthObjectives {
  entityRef: string;
  environment: string;
  at: string;
  problem?: MetricsProblem;
  serviceFile: ServiceFileHealth;
  objectives: ObjectiveHealth[];
}
