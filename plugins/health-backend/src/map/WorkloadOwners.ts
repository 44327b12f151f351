import type {
  ClustersService,
  KubernetesObject,
} from '@ghostlight/plugin-clusters-node';
import { z } from 'zod';
import { Expiring } from '../service/Expiring';
import { within } from '../service/within';
import type { EntityIndex } from '../signals/EntityIndex';

const MAX_AGE_MS = 60_000;
const PATIENCE_MS = 1_500;
/** Callers of a system that belong to no part of it are few; the others stay unknown. */
const MAX_LOOKED_UP = 100;

const labels = z
  .record(z.string(), z.string())
  .nullish()
  .transform(value => value ?? {});
const deploymentSchema = z.object({
  metadata: z.object({ labels }),
  spec: z.object({
    template: z.object({ metadata: z.object({ labels }).optional() }),
  }),
});

/** A workload that was seen in traffic. */
export interface SeenWorkload {
  namespace: string;
  name: string;
}

/** From workloads that nobody asked about to the entities they belong to, by the labels they carry. */
export class WorkloadOwners {
  readonly #clusters: Pick<ClustersService, 'get'>;
  readonly #index: Pick<EntityIndex, 'owners'>;
  readonly #known: Expiring<string | undefined>;

  constructor(options: {
    clusters: Pick<ClustersService, 'get'>;
    index: Pick<EntityIndex, 'owners'>;
    now: () => Date;
  }) {
    this.#clusters = options.clusters;
    this.#index = options.index;
    this.#known = new Expiring({
      maxAgeMs: MAX_AGE_MS,
      max: 5_000,
      now: () => options.now().getTime(),
    });
  }

  /** Entity refs by {@link seenKey}; without workloads that are no entity's, or could not be looked up in time. */
  async of(
    environment: string,
    workloads: SeenWorkload[],
  ): Promise<Map<string, string>> {
    const unique = new Map(workloads.map(each => [seenKey(each), each]));
    const owners = new Map<string, string>();
    await Promise.all(
      [...unique].slice(0, MAX_LOOKED_UP).map(async ([key, workload]) => {
        const owner = await within(
          PATIENCE_MS,
          this.#known.get(`${environment}/${key}`, () =>
            this.#lookUp(environment, workload),
          ),
        );
        if (owner !== undefined) {
          owners.set(key, owner);
        }
      }),
    );
    return owners;
  }

  async #lookUp(
    environment: string,
    { namespace, name }: SeenWorkload,
  ): Promise<string | undefined> {
    const found: KubernetesObject | undefined = await this.#clusters.get(
      environment,
      { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name },
    );
    const deployment = deploymentSchema.safeParse(found);
    if (!deployment.success) {
      return undefined;
    }
    const { metadata, spec } = deployment.data;
    const [owner] = await this.#index.owners({
      environment,
      kind: 'Deployment',
      namespace,
      name,
      labels: { ...spec.template.metadata?.labels, ...metadata.labels },
    });
    return owner;
  }
}

export function seenKey({ namespace, name }: SeenWorkload): string {
  return `${namespace}/${name}`;
}
