import { z } from 'zod';
import { parseQuantity } from '../../quantity.ts';
import type { KubeObject, Store } from '../../types.ts';
import type { MetricProducer, Scraped } from '../types.ts';
import { LabelCache } from './label-cache.ts';

// What does not fit counts as absent: refusing it is the API's work.
const podShape = z.object({
  spec: z
    .object({
      containers: z.array(
        z.object({
          name: z.string(),
          resources: z
            .object({
              limits: z.record(z.string(), z.union([z.string(), z.number()])),
            })
            .optional()
            .catch(undefined),
        }),
      ),
    })
    .optional()
    .catch(undefined),
  status: z
    .object({
      containerStatuses: z.array(
        z.object({ name: z.string(), restartCount: z.number() }),
      ),
    })
    .optional()
    .catch(undefined),
});

const deploymentShape = z.object({
  spec: z
    .object({ replicas: z.number().optional() })
    .optional()
    .catch(undefined),
  status: z
    .object({
      readyReplicas: z.number().optional(),
      availableReplicas: z.number().optional(),
    })
    .optional()
    .catch(undefined),
});

const UNITS: Record<string, string> = { cpu: 'core', memory: 'byte' };

/** The part of kube-state-metrics that tells of restarts, limits and replicas. */
export class KubeStateProducer implements MetricProducer {
  readonly job = 'kube-state-metrics';
  readonly metadata: MetricProducer['metadata'] = {
    kube_pod_container_status_restarts_total: {
      type: 'counter',
      help: 'How often the container was started again.',
    },
    kube_pod_container_resource_limits: {
      type: 'gauge',
      help: 'What the container may use.',
    },
    kube_deployment_spec_replicas: {
      type: 'gauge',
      help: 'Pods the deployment shall have.',
    },
    kube_deployment_status_replicas_ready: {
      type: 'gauge',
      help: 'Pods of the deployment that are ready.',
    },
    kube_deployment_status_replicas_available: {
      type: 'gauge',
      help: 'Pods of the deployment that are ready for long enough.',
    },
  };
  readonly #store: Store;
  readonly #labels = new LabelCache();

  constructor(store: Store) {
    this.#store = store;
  }

  *collect(): Generator<Scraped, void, undefined> {
    this.#labels.begin();
    const pods = this.#store.list({ apiVersion: 'v1', kind: 'Pod' });
    for (const pod of pods.items) yield* this.#pod(pod);
    const deployments = this.#store.list({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
    });
    for (const deployment of deployments.items) {
      yield* this.#deployment(deployment);
    }
  }

  *#pod(object: KubeObject): Generator<Scraped, void, undefined> {
    const { namespace = 'default', name, uid } = object.metadata;
    const { spec, status } = podShape.parse(object);
    for (const { name: container, restartCount } of status?.containerStatuses ??
      []) {
      yield this.#sample(
        'kube_pod_container_status_restarts_total',
        { namespace, pod: name, uid, container },
        restartCount,
      );
    }
    for (const { name: container, resources } of spec?.containers ?? []) {
      for (const [resource, text] of Object.entries(resources?.limits ?? {})) {
        const value = parseQuantity(text);
        if (value === undefined || !Object.hasOwn(UNITS, resource)) continue;
        const unit = UNITS[resource];
        yield this.#sample(
          'kube_pod_container_resource_limits',
          { namespace, pod: name, uid, container, resource, unit },
          value,
        );
      }
    }
  }

  *#deployment(object: KubeObject): Generator<Scraped, void, undefined> {
    const { namespace = 'default', name } = object.metadata;
    const { spec, status } = deploymentShape.parse(object);
    const values = {
      kube_deployment_spec_replicas: spec?.replicas ?? 1,
      kube_deployment_status_replicas_ready: status?.readyReplicas ?? 0,
      kube_deployment_status_replicas_available: status?.availableReplicas ?? 0,
    };
    for (const [metric, value] of Object.entries(values)) {
      yield this.#sample(metric, { namespace, deployment: name }, value);
    }
  }

  #sample(
    metric: string,
    labels: Record<string, string>,
    value: number,
  ): Scraped {
    const key = [metric, ...Object.values(labels)].join(' ');
    return {
      labels: this.#labels.of(key, () => ({
        __name__: metric,
        job: this.job,
        ...labels,
      })),
      value,
    };
  }
}
