import type { Deployment, ReplicaSet } from '../workloads.ts';

/** New numbers of replicas by ReplicaSet name; those not named stay. */
export type Scaling = Map<string, number>;

const replicasOf = (replicaSets: ReplicaSet[]) =>
  replicaSets.reduce((sum, { spec }) => sum + spec.replicas, 0);
/** A status that still counts pods which were scaled away since must not let others go. */
const availableIn = ({ spec, status }: ReplicaSet) =>
  Math.min(spec.replicas, status.availableReplicas);
const availableOf = (replicaSets: ReplicaSet[]) =>
  replicaSets.reduce((sum, set) => sum + availableIn(set), 0);
const nameOf = ({ object }: ReplicaSet) => object.metadata.name;
const oldestFirst = (a: ReplicaSet, b: ReplicaSet) =>
  Date.parse(a.object.metadata.creationTimestamp) -
  Date.parse(b.object.metadata.creationTimestamp);

function amount(
  value: number | string,
  total: number,
  round: (x: number) => number,
): number {
  return typeof value === 'number'
    ? value
    : round((parseInt(value, 10) * total) / 100);
}

/** How far a rolling update may go: surge is rounded up, unavailability down, and not both may be nothing. */
export function fenceposts({ spec }: Deployment): {
  maxSurge: number;
  maxUnavailable: number;
} {
  if (spec.strategy.type === 'Recreate')
    return { maxSurge: 0, maxUnavailable: 0 };
  const declared = spec.strategy.rollingUpdate ?? {
    maxSurge: '25%',
    maxUnavailable: '25%',
  };
  const maxSurge = amount(declared.maxSurge, spec.replicas, Math.ceil);
  const maxUnavailable = amount(
    declared.maxUnavailable,
    spec.replicas,
    Math.floor,
  );
  return maxSurge === 0 && maxUnavailable === 0
    ? { maxSurge: 0, maxUnavailable: 1 }
    : { maxSurge, maxUnavailable: Math.min(maxUnavailable, spec.replicas) };
}

/** The new ReplicaSet grows as far as the surge allows. */
export function growNew(
  deployment: Deployment,
  newSet: ReplicaSet,
  all: ReplicaSet[],
): number {
  const { replicas } = deployment.spec;
  if (newSet.spec.replicas >= replicas) return replicas;
  if (deployment.spec.strategy.type === 'Recreate') return replicas;
  const most = replicas + fenceposts(deployment).maxSurge;
  const room = Math.max(0, most - replicasOf(all));
  return Math.min(replicas, newSet.spec.replicas + room);
}

/**
 * Upstream's reconcileOldReplicaSets: the old ones shrink by what is not needed for the minimum to stay available, first those
 * pods that are not available anyway, then the oldest.
 */
export function shrinkOld(
  deployment: Deployment,
  newSet: ReplicaSet,
  old: ReplicaSet[],
): Scaling {
  const scaling: Scaling = new Map();
  const all = [newSet, ...old];
  const minAvailable =
    deployment.spec.replicas - fenceposts(deployment).maxUnavailable;
  const newUnavailable = newSet.spec.replicas - availableIn(newSet);
  let unhealthyBudget = replicasOf(all) - minAvailable - newUnavailable;
  if (unhealthyBudget <= 0) return scaling;
  const sorted = [...old].sort(oldestFirst);
  const left = (set: ReplicaSet) =>
    scaling.get(nameOf(set)) ?? set.spec.replicas;
  for (const set of sorted) {
    const unhealthy = left(set) - availableIn(set);
    const down = Math.min(Math.max(0, unhealthy), unhealthyBudget);
    if (down === 0) continue;
    scaling.set(nameOf(set), left(set) - down);
    unhealthyBudget -= down;
  }
  let healthyBudget = availableOf(all) - minAvailable;
  for (const set of sorted) {
    const down = Math.min(left(set), Math.max(0, healthyBudget));
    if (down === 0) continue;
    scaling.set(nameOf(set), left(set) - down);
    healthyBudget -= down;
  }
  return scaling;
}

/**
 * The Deployment was scaled in the middle of an update: what is added or taken is shared in proportion to the sizes,
 * the largest ReplicaSet getting what rounding left over.
 */
export function scaleInProportion(
  deployment: Deployment,
  active: ReplicaSet[],
  formerMax: (set: ReplicaSet) => number,
): Scaling {
  const scaling: Scaling = new Map();
  const { replicas } = deployment.spec;
  const allowed = replicas > 0 ? replicas + fenceposts(deployment).maxSurge : 0;
  const toAdd = allowed - replicasOf(active);
  const sorted = [...active].sort(
    (a, b) => b.spec.replicas - a.spec.replicas || oldestFirst(b, a),
  );
  let added = 0;
  for (const set of sorted) {
    const former = formerMax(set);
    const share =
      former > 0
        ? Math.round((set.spec.replicas * allowed) / former) - set.spec.replicas
        : 0;
    const rest = toAdd - added;
    const bounded =
      toAdd > 0
        ? Math.min(Math.max(0, share), rest)
        : Math.max(Math.min(0, share), rest);
    scaling.set(nameOf(set), set.spec.replicas + bounded);
    added += bounded;
  }
  const [largest] = sorted;
  if (largest) {
    const sum = (scaling.get(nameOf(largest)) ?? 0) + (toAdd - added);
    scaling.set(nameOf(largest), Math.max(0, sum));
  }
  return scaling;
}
