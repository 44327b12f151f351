import type { Alert, Threshold } from '@ghostlight/plugin-health-common';

/** What a threshold, or the budget of an objective, is watched by, and what was seen of it now. */
export interface Observation {
  kind: Alert['kind'];
  name: string;
  severity: Alert['severity'];
  metric?: Alert['metric'];
  side: 'above' | 'below';
  unit: Threshold['unit'] | 'burn-rate';
  threshold: number;
  /** Of a burn rate: the windows that fire. */
  detail?: string;
  /** How long it must be wrong before it fires. */
  forMs: number;
  /** Undefined when its value is not known now. */
  reading: { value: number; wrong: boolean } | undefined;
}

/** Tells the alerts of one component in one environment apart. */
export function conditionKey(each: {
  environment: string;
  kind: string;
  name: string;
}): string {
  return JSON.stringify([each.environment, each.kind, each.name]);
}
