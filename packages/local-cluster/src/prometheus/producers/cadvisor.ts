import type { ContainerUsage } from '../../kubelet/index.ts';
import type { MetricProducer, Scraped } from '../types.ts';
import { LabelCache } from './label-cache.ts';

const METRICS: readonly {
  name: string;
  type: 'counter' | 'gauge';
  help: string;
  labels?: Record<string, string>;
  valueOf(container: ContainerUsage): number;
}[] = [
  {
    name: 'container_cpu_usage_seconds_total',
    type: 'counter',
    help: 'Processor time the container used, in seconds.',
    labels: { cpu: 'total' },
    valueOf: ({ cpuSeconds }) => cpuSeconds,
  },
  {
    name: 'container_memory_working_set_bytes',
    type: 'gauge',
    help: 'Memory the container holds, in bytes.',
    valueOf: ({ memoryBytes }) => memoryBytes,
  },
  {
    name: 'container_memory_usage_bytes',
    type: 'gauge',
    help: 'Memory the container holds, in bytes; the same as its working set here.',
    valueOf: ({ memoryBytes }) => memoryBytes,
  },
  {
    name: 'container_spec_memory_limit_bytes',
    type: 'gauge',
    help: 'Memory the container may hold, in bytes; 0 without a limit.',
    valueOf: ({ memoryLimitBytes }) => memoryLimitBytes ?? 0,
  },
];

/** What cAdvisor tells of containers. */
export class CadvisorProducer implements MetricProducer {
  readonly job = 'cadvisor';
  readonly metadata: MetricProducer['metadata'] = Object.fromEntries(
    METRICS.map(({ name, type, help }) => [name, { type, help }]),
  );
  readonly #kubelet: { containers(): ContainerUsage[] };
  readonly #labels = new LabelCache();

  constructor(kubelet: { containers(): ContainerUsage[] }) {
    this.#kubelet = kubelet;
  }

  *collect(): Generator<Scraped, void, undefined> {
    this.#labels.begin();
    for (const usage of this.#kubelet.containers()) {
      const { namespace, pod, container, image } = usage;
      const id = `${namespace}/${pod}/${container}/${image}`;
      for (const metric of METRICS) {
        yield {
          labels: this.#labels.of(`${metric.name} ${id}`, () => ({
            __name__: metric.name,
            job: this.job,
            ...{ namespace, pod, container, image },
            ...metric.labels,
          })),
          value: metric.valueOf(usage),
        };
      }
    }
  }
}
