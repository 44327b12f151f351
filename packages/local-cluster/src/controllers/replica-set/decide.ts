import type { Json } from '../../types.ts';
import { isActive, isAvailable, isReady, readySinceMs } from '../pod-facts.ts';
import { selects } from '../label-selector.ts';
import { controllerOf, type Pod, type ReplicaSet } from '../workloads.ts';
import { deletionOrder } from './deletion-order.ts';

/** Pods made in one go; more come when these are seen. */
const MOST_AT_ONCE = 500;

export interface ReplicaSetDecision {
  adopt: Pod[];
  release: Pod[];
  create: number;
  remove: Pod[];
  status: Record<string, Json | undefined>;
  /** When a pod becomes available by the passing of time alone. */
  lookAgainInMs?: number;
}

/** @param pods - all pods of the namespace */
export function decideReplicaSet(
  replicaSet: ReplicaSet,
  pods: Pod[],
  nowMs: number,
): ReplicaSetDecision {
  const { spec, object } = replicaSet;
  const { uid, deletionTimestamp, generation } = object.metadata;
  const alive = pods.filter(isActive);
  const mine = alive.filter(pod => controllerOf(pod.object)?.uid === uid);
  const matches = (pod: Pod) =>
    selects(spec.selector, pod.object.metadata.labels);
  const ending = deletionTimestamp !== undefined;
  const adopt = ending
    ? []
    : alive.filter(pod => !controllerOf(pod.object) && matches(pod));
  const release = mine.filter(pod => !matches(pod));
  const replicas = [...mine.filter(matches), ...adopt];
  const missing = ending ? 0 : spec.replicas - replicas.length;
  const remove = missing < 0 ? deletionOrder(replicas).slice(0, -missing) : [];
  const { minReadySeconds } = spec;
  const ready = replicas.filter(isReady);
  const available = ready.filter(pod =>
    isAvailable(pod, minReadySeconds, nowMs),
  );
  const waits = ready
    .filter(pod => !available.includes(pod))
    .map(pod => readySinceMs(pod) + minReadySeconds * 1000 - nowMs);
  const wanted = Object.entries(spec.template.metadata.labels);
  return {
    adopt,
    release,
    create: Math.max(0, Math.min(missing, MOST_AT_ONCE)),
    remove,
    lookAgainInMs: waits.length > 0 ? Math.min(...waits) : undefined,
    status: {
      replicas: replicas.length,
      fullyLabeledReplicas: replicas.filter(pod =>
        wanted.every(
          ([key, value]) => pod.object.metadata.labels?.[key] === value,
        ),
      ).length,
      readyReplicas: ready.length,
      availableReplicas: available.length,
      observedGeneration: generation,
    },
  };
}
