import { z } from 'zod';
import type { ClustersService } from '../../ClustersService';

/** Services change with deploys of manifests, which is seldom. */
const MAX_AGE_MS = 30_000;
/** What was known is better than nothing for so long. */
const MAX_STALE_MS = 30 * 60_000;
/** Metrics do not wait longer for a cluster. */
const PATIENCE_MS = 1_500;

const labels = z
  .record(z.string(), z.string())
  .nullish()
  .transform(value => value ?? {});
const serviceSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ selector: labels }),
});
const deploymentSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    template: z.object({ metadata: z.object({ labels }).optional() }),
  }),
});

/** Which Services stand before which workloads of a namespace. */
export interface ServiceIndex {
  servicesOf(workload: string): string[];
  /** Undefined when no workload, or more than one, is behind it. */
  workloadOf(service: string): string | undefined;
  /** False when the cluster could not be asked. */
  isKnown: boolean;
}

const UNKNOWN: ServiceIndex = {
  servicesOf: () => [],
  workloadOf: () => undefined,
  isKnown: false,
};

interface Known {
  index: ServiceIndex;
  at: number;
}

/** Matches selectors of Services with the labels of workloads' pods; remembered for a while. */
export class WorkloadServices {
  readonly #clusters: Pick<ClustersService, 'list'>;
  readonly #environment: string;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();
  readonly #loading = new Map<string, Promise<ServiceIndex | undefined>>();

  constructor(options: {
    clusters: Pick<ClustersService, 'list'>;
    environment: string;
    now: () => number;
  }) {
    this.#clusters = options.clusters;
    this.#environment = options.environment;
    this.#now = options.now;
  }

  async of(namespace: string): Promise<ServiceIndex> {
    const known = this.#known.get(namespace);
    const age = known ? this.#now() - known.at : Infinity;
    if (known && age < MAX_AGE_MS) {
      return known.index;
    }
    const loaded = this.#load(namespace);
    if (known && age < MAX_STALE_MS) {
      return known.index;
    }
    return (await patiently(loaded)) ?? UNKNOWN;
  }

  #load(namespace: string): Promise<ServiceIndex | undefined> {
    const loading = this.#loading.get(namespace);
    if (loading) {
      return loading;
    }
    const load = this.#list(namespace)
      .then(index => {
        this.#known.set(namespace, { index, at: this.#now() });
        return index;
      })
      // An unreachable cluster is told where workloads are; metrics do with what they have.
      .catch(() => undefined)
      .finally(() => this.#loading.delete(namespace));
    this.#loading.set(namespace, load);
    return load;
  }

  async #list(namespace: string): Promise<ServiceIndex> {
    const list = (apiVersion: string, kind: string) =>
      this.#clusters.list(this.#environment, { apiVersion, kind, namespace });
    const [services, deployments] = await Promise.all([
      list('v1', 'Service'),
      list('apps/v1', 'Deployment'),
    ]);
    return indexServices(services, deployments);
  }
}

/** Objects that are not as they should be are left out. */
function indexServices(
  services: unknown[],
  deployments: unknown[],
): ServiceIndex {
  const behind = new Map<string, string[]>();
  const before = new Map<string, string[]>();
  const workloads = deployments.flatMap(item => {
    const parsed = deploymentSchema.safeParse(item);
    return parsed.success
      ? [
          {
            name: parsed.data.metadata.name,
            labels: parsed.data.spec.template.metadata?.labels ?? {},
          },
        ]
      : [];
  });
  for (const item of services) {
    const parsed = serviceSchema.safeParse(item);
    const selector = Object.entries(parsed.data?.spec.selector ?? {});
    if (!parsed.success || selector.length === 0) {
      continue;
    }
    const service = parsed.data.metadata.name;
    for (const workload of workloads) {
      if (selector.every(([key, value]) => workload.labels[key] === value)) {
        behind.set(service, [...(behind.get(service) ?? []), workload.name]);
        before.set(workload.name, [
          ...(before.get(workload.name) ?? []),
          service,
        ]);
      }
    }
  }
  return {
    servicesOf: workload => before.get(workload) ?? [],
    workloadOf: service => {
      const [only, ...others] = behind.get(service) ?? [];
      return others.length === 0 ? only : undefined;
    },
    isKnown: true,
  };
}

async function patiently<T>(promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
