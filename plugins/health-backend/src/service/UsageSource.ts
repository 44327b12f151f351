import type {
  ClustersService,
  EnvironmentWorkloads,
  PodUsage,
} from '@ghostlight/plugin-clusters-node';
import { Expiring } from './Expiring';
import { within } from './within';

/** Metrics servers measure every 15 s or so; a local cluster more often. */
const MAX_AGE_MS = 3_000;
const LIMIT_MS = 800;

type Usage = Map<string, PodUsage> | undefined;

/** What pods use, asked once for all who look at the same namespace. */
export class UsageSource {
  readonly #clusters: ClustersService;
  readonly #known: Expiring<Usage>;

  constructor(clusters: ClustersService, now: () => Date) {
    this.#clusters = clusters;
    this.#known = new Expiring({
      maxAgeMs: MAX_AGE_MS,
      max: 1_000,
      now: () => now().getTime(),
    });
  }

  /** By environment, then by pod. What cannot be measured in time is missing. */
  async of(
    environments: EnvironmentWorkloads[],
  ): Promise<Map<string, Map<string, PodUsage>>> {
    const usage = new Map<string, Map<string, PodUsage>>();
    await Promise.all(
      environments.map(async ({ environment: { name }, state, workloads }) => {
        const namespace = workloads[0]?.ref.namespace;
        if (!state.reachable || !namespace) {
          return;
        }
        const measured = await within(
          LIMIT_MS,
          this.#known.get(`${name}/${namespace}`, () =>
            this.#clusters.podMetrics(name, namespace),
          ),
        );
        if (measured) {
          usage.set(name, measured);
        }
      }),
    );
    return usage;
  }
}
