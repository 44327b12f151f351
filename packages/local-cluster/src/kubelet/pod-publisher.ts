import type { Clock, KubeObject, ObjectKey, Store } from '../types.ts';
import type { Container } from './pod-spec.ts';
import { type PodFacts, podStatus } from './pod-status.ts';

export const PORT_ANNOTATION = 'local-cluster/port';
export const NODE_NAME = 'local';

export const timeOf = (clock: Clock) =>
  `${clock.now().toISOString().slice(0, 19)}Z`;

export function keyOf({ apiVersion, kind, metadata }: KubeObject): ObjectKey {
  const { namespace, name } = metadata;
  return { apiVersion, kind, namespace, name };
}

/** Writes what the kubelet knows of one pod; the store sees to it that nothing is written when nothing changed. */
export class PodPublisher {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #key: ObjectKey;
  readonly #uid: string;
  readonly #container: Pick<Container, 'name' | 'image' | 'resources'>;
  #cancelRetry: (() => void) | undefined;

  constructor(
    parts: { store: Store; clock: Clock },
    pod: KubeObject,
    container: Pick<Container, 'name' | 'image' | 'resources'>,
  ) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#key = keyOf(pod);
    this.#uid = pod.metadata.uid;
    this.#container = container;
  }

  publish(facts: PodFacts, port: number | undefined): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    try {
      this.#store.modify(this.#key, pod =>
        pod.metadata.uid === this.#uid
          ? this.#told(pod, facts, port)
          : undefined,
      );
    } catch (error) {
      // A full disk must not lose the pod: its process runs on, and the status is written once it can be.
      process.stderr.write(
        `kubelet: status of pod ${this.#key.name}: ${error}\n`,
      );
      const known = { ...facts };
      this.#cancelRetry = this.#clock.after(1000, () =>
        this.publish(known, port),
      );
    }
  }

  stop(): void {
    this.#cancelRetry?.();
  }

  #told(
    pod: KubeObject,
    facts: PodFacts,
    port: number | undefined,
  ): KubeObject {
    const { annotations } = pod.metadata;
    const before =
      typeof pod.status === 'object' && pod.status !== null ? pod.status : {};
    return {
      ...pod,
      metadata: {
        ...pod.metadata,
        annotations:
          port === undefined
            ? annotations
            : { ...annotations, [PORT_ANNOTATION]: String(port) },
      },
      spec: { ...Object(pod.spec), nodeName: NODE_NAME },
      status: podStatus(facts, this.#container, before, timeOf(this.#clock)),
    };
  }
}
