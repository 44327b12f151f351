import type { Labels } from '../types.ts';
import type { MetricMetadata } from './metadata.ts';
import type { ScrapeOutcome } from './scrape-report.ts';

/** As `/api/v1/targets` shows it. */
export interface TargetStatus {
  health: 'up' | 'down' | 'unknown';
  lastError: string;
  lastScrapeMs: number | undefined;
  lastDurationSeconds: number;
}

/** Something that is asked for its metrics at a rhythm. */
export interface Target {
  readonly job: string;
  readonly labels: Labels;
  /** Before they became labels, such as `__meta_kubernetes_pod_name`. */
  readonly discoveredLabels: Labels;
  readonly url: string;
  readonly status: TargetStatus;
  metadata(): Iterable<[metric: string, MetricMetadata]>;
  /** Takes the samples of this moment. Never rejects: what goes wrong is its status. */
  scrape(timeMs: number, timeoutMs: number): Promise<ScrapeOutcome>;
  /** It is gone. */
  end(timeMs: number): void;
}
