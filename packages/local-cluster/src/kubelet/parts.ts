import type { EventRecorder } from '../controllers/events/event-recorder.ts';
import type { Clock, ImageStore, PodNetwork, Store } from '../types.ts';
import type { PodPorts } from './free-port.ts';
import type { LogLimits } from './logs/container-log.ts';
import type { PodLogRegistry } from './logs/pod-log-registry.ts';
import type { ProcessGuard } from './processes/process-guard.ts';
import type { ProcessTable } from './processes/process-table.ts';
import type { BackOffTimes } from './restart-policy.ts';
import type { UsageMonitor } from './usage/usage-monitor.ts';

export interface KubeletOptions {
  /** Delays between restarts. Default: as upstream. */
  backOff: BackOffTimes;
  /** How often a missing image, ConfigMap or Secret is looked for. Default 1 s. */
  retryMs: number;
  /** How long requests in flight may take before SIGTERM. Default 2 s, within the grace period. */
  drainMs: number;
  /** The longest grace a pod has when the whole cluster stops. Default 5 s. */
  stopGraceMs: number;
  logs: LogLimits;
}

/** What all pod workers share. */
export interface KubeletParts {
  store: Store;
  clock: Clock;
  dataDir: string;
  clusterId: string;
  network: PodNetwork;
  images: ImageStore;
  events: EventRecorder;
  guard: ProcessGuard;
  table: ProcessTable;
  ports: PodPorts;
  logs: PodLogRegistry;
  monitor: UsageMonitor;
  options: KubeletOptions;
}
