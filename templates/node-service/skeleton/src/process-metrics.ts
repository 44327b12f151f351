import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Registry } from './metrics.ts';

/** What Prometheus' own client libraries tell of a process, under the same names. */
export function addProcessMetrics(registry: Registry): void {
  const startedAt = Date.now() / 1000 - process.uptime();
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();

  registry.gauge(
    'process_start_time_seconds',
    'When the process started, Unix time.',
    () => startedAt,
  );
  registry.gauge(
    'process_cpu_seconds_total',
    'User and system CPU time spent.',
    () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    },
    'counter',
  );
  registry.gauge('process_resident_memory_bytes', 'Resident memory.', () =>
    process.memoryUsage.rss(),
  );
  registry.gauge(
    'nodejs_heap_size_used_bytes',
    'Heap in use.',
    () => process.memoryUsage().heapUsed,
  );
  registry.gauge(
    'nodejs_eventloop_lag_p99_seconds',
    '99th percentile of the event loop delay since it was last asked for.',
    () => {
      const seconds = delay.percentile(99) / 1e9;
      delay.reset();
      return seconds;
    },
  );
}
