import { ApiError } from '../../api-error.ts';
import type { Clock, KubeObject, Running, Store } from '../../types.ts';
import { deleteObject } from '../delete-object.ts';
import { EventRecorder } from '../events/event-recorder.ts';
import {
  DEPLOYMENT,
  keyOf,
  keyOfText,
  POD,
  REPLICA_SET,
  textOfKey,
} from '../kinds.ts';
import { WorkQueue } from '../work-queue.ts';
import {
  controllerOf,
  controllerReference,
  type Deployment,
  readDeployment,
  readPod,
  readReplicaSet,
  type ReplicaSet,
} from '../workloads.ts';
import { REVISION } from './annotations.ts';
import {
  decideDeployment,
  type DeploymentDecision,
  type NewReplicaSet,
} from './decide.ts';
import { statusJson } from './status.ts';
import { HASH_LABEL, sameTemplate } from './template-hash.ts';

/** Rolls out what each Deployment says. */
export class DeploymentController implements Running {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #events: EventRecorder;
  readonly #queue: WorkQueue;
  readonly #unwatch: (() => void)[];

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
    this.#events = new EventRecorder({
      store,
      clock,
      component: 'deployment-controller',
    });
    this.#queue = new WorkQueue({
      name: 'deployment',
      clock,
      work: key => this.#reconcile(key),
    });
    this.#unwatch = [
      store.watch(DEPLOYMENT, ({ object }) => this.#add(object)),
      store.watch(REPLICA_SET, ({ object }) => this.#replicaSetChanged(object)),
      // Recreate waits until the last old pod is gone.
      store.watch(POD, ({ type, object }) => {
        if (type === 'DELETED') this.#podGone(object);
      }),
    ];
    for (const object of store.list(DEPLOYMENT).items) this.#add(object);
  }

  async stop(): Promise<void> {
    for (const unwatch of this.#unwatch) unwatch();
    this.#queue.stop();
  }

  #add(object: KubeObject): void {
    this.#queue.add(textOfKey(keyOf(object)));
  }

  #replicaSetChanged(object: KubeObject): void {
    const { namespace } = object.metadata;
    const owner = controllerOf(object);
    if (owner?.kind === 'Deployment') {
      this.#queue.add(
        textOfKey({ ...DEPLOYMENT, namespace, name: owner.name }),
      );
    } else if (!owner) {
      // It may be one to adopt.
      for (const one of this.#store.list({ ...DEPLOYMENT, namespace }).items)
        this.#add(one);
    }
  }

  #podGone(pod: KubeObject): void {
    const owner = controllerOf(pod);
    const { namespace } = pod.metadata;
    const set =
      owner?.kind === 'ReplicaSet'
        ? this.#store.get({ ...REPLICA_SET, namespace, name: owner.name })
        : undefined;
    if (set) this.#replicaSetChanged(set);
  }

  #reconcile(text: string): void {
    const object = this.#store.get(keyOfText(text));
    if (!object) return;
    const { namespace } = object.metadata;
    const deployment = readDeployment(object);
    const replicaSets = this.#store
      .list({ ...REPLICA_SET, namespace })
      .items.map(readReplicaSet);
    const decision = decideDeployment({
      deployment,
      replicaSets,
      pods: this.#store.list({ ...POD, namespace }).items.map(readPod),
      now: this.#clock.now(),
    });
    for (const set of decision.adopt) this.#adopt(deployment, set);
    const collided =
      decision.create !== undefined &&
      !this.#create(deployment, decision.create);
    this.#update(deployment, replicaSets, decision);
    for (const set of decision.remove) deleteObject(this.#store, set.object);
    this.#writeStatus(deployment, decision, collided);
    if (decision.lookAgainInMs !== undefined)
      this.#queue.addAfter(text, decision.lookAgainInMs);
  }

  /** @returns false when another ReplicaSet has the name, so that the next look takes another hash */
  #create({ object, spec }: Deployment, wanted: NewReplicaSet): boolean {
    const { namespace } = object.metadata;
    const labels = {
      ...spec.template.metadata.labels,
      [HASH_LABEL]: wanted.hash,
    };
    try {
      this.#store.create({
        ...REPLICA_SET,
        metadata: {
          name: wanted.name,
          namespace,
          labels,
          annotations: wanted.annotations,
          ownerReferences: [controllerReference(object)],
        },
        spec: {
          replicas: wanted.replicas,
          minReadySeconds: spec.minReadySeconds || undefined,
          selector: {
            ...Object(Object(object.spec).selector),
            matchLabels: {
              ...spec.selector.matchLabels,
              [HASH_LABEL]: wanted.hash,
            },
          },
          template: {
            ...spec.template,
            metadata: { ...spec.template.metadata, labels },
          },
        },
        status: { replicas: 0 },
      });
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason !== 'AlreadyExists')
        throw error;
      const other = this.#store.get({
        ...REPLICA_SET,
        namespace,
        name: wanted.name,
      });
      const same =
        other &&
        controllerOf(other)?.uid === object.metadata.uid &&
        sameTemplate(readReplicaSet(other).spec.template, spec.template);
      return same === true;
    }
    if (wanted.replicas > 0) {
      this.#scaled(object, 'up', wanted.name, 0, wanted.replicas);
    }
    return true;
  }

  #update(
    { object, spec }: Deployment,
    replicaSets: ReplicaSet[],
    { annotate, scale }: DeploymentDecision,
  ): void {
    for (const set of replicaSets) {
      const { name } = set.object.metadata;
      const annotations = annotate.get(name);
      const replicas = scale.get(name) ?? set.spec.replicas;
      if (!annotations && replicas === set.spec.replicas) continue;
      this.#store.modify(keyOf(set.object), current => ({
        ...current,
        metadata: {
          ...current.metadata,
          annotations: annotations ?? current.metadata.annotations,
        },
        spec: {
          ...Object(current.spec),
          replicas,
          minReadySeconds: spec.minReadySeconds || undefined,
        },
      }));
      if (replicas !== set.spec.replicas) {
        const direction = replicas > set.spec.replicas ? 'up' : 'down';
        this.#scaled(object, direction, name, set.spec.replicas, replicas);
      }
    }
  }

  #scaled(
    deployment: KubeObject,
    direction: 'up' | 'down',
    name: string,
    from: number,
    to: number,
  ): void {
    this.#events.record(
      deployment,
      'Normal',
      'ScalingReplicaSet',
      `Scaled ${direction} replica set ${name} from ${from} to ${to}`,
    );
  }

  #adopt({ object }: Deployment, set: ReplicaSet): void {
    this.#store.modify(keyOf(set.object), current => ({
      ...current,
      metadata: {
        ...current.metadata,
        ownerReferences: [
          ...(current.metadata.ownerReferences ?? []),
          controllerReference(object),
        ],
      },
    }));
  }

  #writeStatus(
    { object, status }: Deployment,
    decision: DeploymentDecision,
    collided: boolean,
  ): void {
    const { revision } = decision;
    this.#store.modify(keyOf(object), current => ({
      ...current,
      metadata: {
        ...current.metadata,
        annotations:
          revision === undefined
            ? current.metadata.annotations
            : { ...current.metadata.annotations, [REVISION]: String(revision) },
      },
      status: statusJson({
        ...decision.status,
        collisionCount: collided
          ? (status.collisionCount ?? 0) + 1
          : decision.status.collisionCount,
      }),
    }));
  }
}
