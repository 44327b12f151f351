/**
 * A Kubernetes event of a workload, its replica sets or its pods; equal ones are merged.
 *
 * @public
 */
export interface HealthEvent {
  /** Last seen, ISO 8601 UTC. */
  at: string;
  /** First seen, when it happened more than once. */
  firstAt?: string;
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  count: number;
  involved: { kind: string; name: string };
}

/**
 * The events of an entity in one environment, newest first.
 *
 * @public
 */
export interface HealthEvents {
  environment: string;
  events: HealthEvent[];
  /** There were more than are given. */
  truncated: boolean;
}
