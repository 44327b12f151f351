import type { Clock, PodMetrics, PodUsage } from '../../types.ts';
import type { ProcessTable } from '../processes/process-table.ts';

const LIMIT_EVERY_MS = 100;
const METRICS_EVERY_MS = 1500;

export interface MonitoredContainer {
  namespace: string;
  pod: string;
  container: string;
  image: string;
  /** The process group. */
  groupId: number;
  memoryLimitBytes?: number;
  onOverLimit(memoryBytes: number): void;
}

/** What a running container has used since it started, and uses now. */
export interface ContainerUsage {
  namespace: string;
  pod: string;
  container: string;
  image: string;
  cpuSeconds: number;
  memoryBytes: number;
  memoryLimitBytes?: number;
}

interface Monitored {
  container: MonitoredContainer;
  atMs: number;
  cpuSeconds: number;
  /** The most processor time seen: a process that ends takes its own out of the sum. */
  mostCpuSeconds: number;
  usage?: PodUsage;
}

/** Measures running containers: their memory often where it is limited, everything now and then for metrics.k8s.io. */
export class UsageMonitor implements PodMetrics {
  readonly #table: ProcessTable;
  readonly #clock: Clock;
  readonly #monitored = new Set<Monitored>();
  readonly #cancels = new Map<number, () => void>();

  constructor(options: { table: ProcessTable; clock: Clock }) {
    this.#table = options.table;
    this.#clock = options.clock;
  }

  /** Returns the function that ends it. */
  watch(container: MonitoredContainer): () => void {
    const entry: Monitored = {
      container,
      atMs: this.#clock.now().getTime(),
      cpuSeconds: 0,
      mostCpuSeconds: 0,
    };
    this.#monitored.add(entry);
    this.#every(METRICS_EVERY_MS, () => this.#measure());
    if (container.memoryLimitBytes !== undefined)
      this.#every(LIMIT_EVERY_MS, () => this.#enforce());
    return () => {
      this.#monitored.delete(entry);
      if (this.#monitored.size === 0) this.stop();
    };
  }

  usage(namespace?: string): PodUsage[] {
    return [...this.#monitored].flatMap(({ usage }) =>
      usage && (namespace === undefined || usage.namespace === namespace)
        ? [usage]
        : [],
    );
  }

  /** Measured now. */
  containers(): ContainerUsage[] {
    return [...this.#monitored].flatMap(entry => {
      const { namespace, pod, container, image, groupId, memoryLimitBytes } =
        entry.container;
      const { pids, memoryBytes, cpuSeconds } = this.#table.usage(groupId);
      if (pids.length === 0) return [];
      entry.mostCpuSeconds = Math.max(entry.mostCpuSeconds, cpuSeconds);
      return {
        ...{ namespace, pod, container, image, memoryBytes, memoryLimitBytes },
        cpuSeconds: entry.mostCpuSeconds,
      };
    });
  }

  stop(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }

  #every(ms: number, run: () => void): void {
    if (this.#cancels.has(ms)) return;
    const again = () => {
      this.#cancels.set(
        ms,
        this.#clock.after(ms, () => {
          again();
          run();
        }),
      );
    };
    again();
  }

  #enforce(): void {
    for (const { container } of this.#monitored) {
      const { memoryLimitBytes, groupId } = container;
      if (memoryLimitBytes === undefined) continue;
      const { memoryBytes } = this.#table.usage(groupId);
      if (memoryBytes > memoryLimitBytes) container.onOverLimit(memoryBytes);
    }
  }

  #measure(): void {
    const now = this.#clock.now();
    for (const entry of this.#monitored) {
      const { namespace, pod, container, groupId } = entry.container;
      const { pids, memoryBytes, cpuSeconds } = this.#table.usage(groupId);
      const windowSeconds = (now.getTime() - entry.atMs) / 1000;
      if (pids.length === 0 || windowSeconds <= 0) continue;
      const used = Math.max(0, cpuSeconds - entry.cpuSeconds);
      entry.usage = {
        namespace,
        pod,
        container,
        cpuCores: used / windowSeconds,
        memoryBytes,
        at: now.toISOString(),
        windowSeconds,
      };
      entry.atMs = now.getTime();
      entry.cpuSeconds = cpuSeconds;
    }
  }
}
