import type { Clock, KubeObject, Running, Store } from '../../types.ts';
import { withCondition } from '../conditions.ts';
import { deleteObject } from '../delete-object.ts';
import { EventRecorder } from '../events/event-recorder.ts';
import { keyOf, keyOfText, POD, REPLICA_SET, textOfKey } from '../kinds.ts';
import { WorkQueue } from '../work-queue.ts';
import {
  controllerOf,
  controllerReference,
  type Pod,
  readPod,
  readReplicaSet,
  type ReplicaSet,
} from '../workloads.ts';
import { decideReplicaSet } from './decide.ts';

/** Keeps as many pods as each ReplicaSet says. */
export class ReplicaSetController implements Running {
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
      component: 'replicaset-controller',
    });
    this.#queue = new WorkQueue({
      name: 'replicaset',
      clock,
      work: key => this.#reconcile(key),
    });
    this.#unwatch = [
      store.watch(REPLICA_SET, ({ object }) => this.#add(object)),
      store.watch(POD, ({ object, previous }) => {
        this.#podChanged(object);
        if (previous) this.#podChanged(previous);
      }),
    ];
    for (const object of store.list(REPLICA_SET).items) this.#add(object);
  }

  async stop(): Promise<void> {
    for (const unwatch of this.#unwatch) unwatch();
    this.#queue.stop();
  }

  #add(object: KubeObject): void {
    this.#queue.add(textOfKey(keyOf(object)));
  }

  #podChanged(pod: KubeObject): void {
    const owner = controllerOf(pod);
    const { namespace } = pod.metadata;
    if (owner?.kind === 'ReplicaSet') {
      this.#queue.add(
        textOfKey({ ...REPLICA_SET, namespace, name: owner.name }),
      );
    } else if (!owner) {
      // It may be one to adopt.
      for (const object of this.#store.list({ ...REPLICA_SET, namespace })
        .items)
        this.#add(object);
    }
  }

  #reconcile(text: string): void {
    const object = this.#store.get(keyOfText(text));
    if (!object) return;
    const replicaSet = readReplicaSet(object);
    const { namespace } = object.metadata;
    const decision = decideReplicaSet(
      replicaSet,
      this.#store.list({ ...POD, namespace }).items.map(readPod),
      this.#clock.now().getTime(),
    );
    for (const pod of decision.adopt) this.#adopt(replicaSet, pod);
    for (const pod of decision.release) this.#release(replicaSet, pod);
    const problem = this.#create(replicaSet, decision.create);
    for (const pod of decision.remove) {
      deleteObject(this.#store, pod.object);
      this.#events.record(
        object,
        'Normal',
        'SuccessfulDelete',
        `Deleted pod: ${pod.object.metadata.name}`,
      );
    }
    this.#writeStatus(replicaSet, decision.status, problem);
    if (decision.lookAgainInMs !== undefined)
      this.#queue.addAfter(text, decision.lookAgainInMs);
    if (problem) throw problem;
  }

  #create({ object, spec }: ReplicaSet, count: number): Error | undefined {
    const { name, namespace } = object.metadata;
    for (let made = 0; made < count; made += 1) {
      try {
        const pod = this.#store.create({
          ...POD,
          metadata: {
            ...spec.template.metadata,
            generateName: `${name}-`,
            namespace,
            ownerReferences: [controllerReference(object)],
          },
          spec: spec.template.spec,
          status: { phase: 'Pending' },
        });
        this.#events.record(
          object,
          'Normal',
          'SuccessfulCreate',
          `Created pod: ${pod.metadata.name}`,
        );
      } catch (error) {
        const problem =
          error instanceof Error ? error : new Error(String(error));
        this.#events.record(
          object,
          'Warning',
          'FailedCreate',
          `Error creating: ${problem.message}`,
        );
        return problem;
      }
    }
    return undefined;
  }

  #adopt({ object }: ReplicaSet, pod: Pod): void {
    this.#store.modify(keyOf(pod.object), current => ({
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

  #release({ object }: ReplicaSet, pod: Pod): void {
    this.#store.modify(keyOf(pod.object), current => ({
      ...current,
      metadata: {
        ...current.metadata,
        ownerReferences: current.metadata.ownerReferences?.filter(
          owner => owner.uid !== object.metadata.uid,
        ),
      },
    }));
  }

  #writeStatus(
    { object, status }: ReplicaSet,
    counts: Record<string, unknown>,
    problem: Error | undefined,
  ): void {
    const others = status.conditions.filter(
      ({ type }) => type !== 'ReplicaFailure',
    );
    const conditions = problem
      ? withCondition(
          status.conditions,
          {
            type: 'ReplicaFailure',
            status: 'True',
            reason: 'FailedCreate',
            message: problem.message,
          },
          `${this.#clock.now().toISOString().slice(0, 19)}Z`,
        )
      : others;
    this.#store.modify(keyOf(object), current => ({
      ...current,
      status: {
        ...counts,
        ...(conditions.length > 0 ? { conditions } : {}),
      },
    }));
  }
}
