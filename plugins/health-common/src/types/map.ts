import type { HealthPoint, MetricsProblem } from './metrics';
import type { HealthStatus } from './report';

/**
 * The components of a system and who calls whom.
 *
 * @public
 */
export interface HealthMap {
  /** `system:default/storefront` */
  entityRef: string;
  environment: string;
  at: string;
  /** ISO 8601 duration the traffic was looked at over. */
  window: string;
  problem?: MetricsProblem;
  notes: string[];
  nodes: MapNode[];
  edges: MapEdge[];
}

/**
 * Requests of the last 5 minutes, whatever the window of the map: what sentence and status speak of.
 *
 * @public
 */
export interface MapRates {
  requestsPerSecond: number;
  /** 0..1; missing when there were no requests. */
  errorRatio?: number;
  p95Ms?: number;
}

/** @public */
export interface MapNode {
  /** Entity ref; `unknown` for callers from outside. */
  id: string;
  name: string;
  /** Whether it is a part of the system, or only a neighbour of one of its parts. */
  member: boolean;
  status: HealthStatus;
  sentence: string;
  ready?: number;
  desired?: number;
  /** Of the window. */
  requestsPerSecond?: number;
  /** 0..1 */
  errorRatio?: number;
  p95Ms?: number;
  /** Requests per second over the window, for a small line. */
  trend?: HealthPoint[];
  now?: MapRates;
}

/** @public */
export interface MapEdge {
  from: string;
  to: string;
  /** `catalog`: declared by dependsOn or consumesApis; `traffic`: seen. */
  sources: Array<'catalog' | 'traffic' | 'trace'>;
  /** When traffic was last seen, ISO 8601. */
  seenAt?: string;
  /** Of the window. */
  requestsPerSecond?: number;
  errorRatio?: number;
  p95Ms?: number;
  now?: MapRates;
}
