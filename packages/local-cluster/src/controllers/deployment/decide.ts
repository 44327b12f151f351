import { selects } from '../label-selector.ts';
import {
  controllerOf,
  type Deployment,
  type Pod,
  type ReplicaSet,
} from '../workloads.ts';
import {
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  newReplicaSetAnnotations,
  revisionOf,
} from './annotations.ts';
import {
  fenceposts,
  growNew,
  type Scaling,
  scaleInProportion,
  shrinkOld,
} from './rolling-update.ts';
import {
  type DeploymentStatus,
  deploymentStatus,
  isComplete,
} from './status.ts';
import { HASH_LABEL, sameTemplate, templateHash } from './template-hash.ts';

export interface NewReplicaSet {
  name: string;
  hash: string;
  replicas: number;
  annotations: Record<string, string>;
}

export interface DeploymentDecision {
  adopt: ReplicaSet[];
  create?: NewReplicaSet;
  /** New annotations of existing ReplicaSets, by name. */
  annotate: Map<string, Record<string, string>>;
  scale: Scaling;
  remove: ReplicaSet[];
  /** Of the Deployment itself. */
  revision?: number;
  status: DeploymentStatus;
  lookAgainInMs?: number;
}

export interface DeploymentFacts {
  deployment: Deployment;
  /** All of the namespace. */
  replicaSets: ReplicaSet[];
  pods: Pod[];
  now: Date;
}

const nameOf = ({ object }: ReplicaSet) => object.metadata.name;
const createdMs = ({ object }: ReplicaSet) =>
  Date.parse(object.metadata.creationTimestamp);

/** The annotations by which a later look tells whether the Deployment was scaled meanwhile. */
function sizes(deployment: Deployment): Record<string, string> {
  const { replicas } = deployment.spec;
  return {
    [DESIRED_REPLICAS]: String(replicas),
    [MAX_REPLICAS]: String(replicas + fenceposts(deployment).maxSurge),
  };
}

function wasScaled(deployment: Deployment, sets: ReplicaSet[]): boolean {
  return sets.some(({ spec, object }) => {
    const desired = object.metadata.annotations?.[DESIRED_REPLICAS];
    return (
      spec.replicas > 0 &&
      desired !== undefined &&
      Number(desired) !== deployment.spec.replicas
    );
  });
}

/** Without an update going on there is one ReplicaSet with pods, which simply gets the number. */
function rescale(
  deployment: Deployment,
  newSet: ReplicaSet | undefined,
  old: ReplicaSet[],
): Scaling {
  const active = [newSet, ...old]
    .filter(set => set !== undefined)
    .filter(({ spec }) => spec.replicas > 0);
  const single =
    active.length > 1
      ? undefined
      : active[0] ??
        newSet ??
        [...old].sort((a, b) => revisionOf(b) - revisionOf(a))[0];
  if (single) return new Map([[nameOf(single), deployment.spec.replicas]]);
  if (active.length === 0) return new Map();
  if (
    newSet &&
    newSet.spec.replicas === deployment.spec.replicas &&
    newSet.status.availableReplicas === deployment.spec.replicas
  )
    return new Map(
      old.filter(set => set.spec.replicas > 0).map(set => [nameOf(set), 0]),
    );
  if (deployment.spec.strategy.type === 'Recreate') return new Map();
  return scaleInProportion(deployment, active, ({ object }) =>
    Number(
      object.metadata.annotations?.[MAX_REPLICAS] ?? deployment.spec.replicas,
    ),
  );
}

function hasRunningPods(old: ReplicaSet[], pods: Pod[]): boolean {
  const uids = new Set(old.map(({ object }) => object.metadata.uid));
  return pods.some(
    ({ object, status }) =>
      uids.has(controllerOf(object)?.uid ?? '') &&
      status.phase !== 'Succeeded' &&
      status.phase !== 'Failed',
  );
}

function beyondHistory(
  deployment: Deployment,
  old: ReplicaSet[],
): ReplicaSet[] {
  const unused = old
    .filter(
      ({ spec, status, object }) =>
        spec.replicas === 0 &&
        status.replicas === 0 &&
        object.metadata.deletionTimestamp === undefined,
    )
    .sort((a, b) => revisionOf(a) - revisionOf(b));
  const excess = unused.length - deployment.spec.revisionHistoryLimit;
  return unused.slice(0, Math.max(0, excess));
}

function rollOut(
  facts: DeploymentFacts,
  newSet: ReplicaSet | undefined,
  old: ReplicaSet[],
): { scale: Scaling; newReplicas?: number } {
  const { deployment, pods } = facts;
  if (deployment.spec.strategy.type === 'Recreate') {
    const stop: Scaling = new Map(
      old.filter(set => set.spec.replicas > 0).map(set => [nameOf(set), 0]),
    );
    if (stop.size > 0 || hasRunningPods(old, pods)) return { scale: stop };
    const { replicas } = deployment.spec;
    return newSet
      ? { scale: new Map([[nameOf(newSet), replicas]]) }
      : { scale: new Map(), newReplicas: replicas };
  }
  if (!newSet) {
    const { replicas } = deployment.spec;
    const running = old.reduce((sum, { spec }) => sum + spec.replicas, 0);
    const room = replicas + fenceposts(deployment).maxSurge - running;
    const newReplicas = Math.max(0, Math.min(replicas, room));
    return { scale: new Map(), newReplicas };
  }
  const grown = growNew(deployment, newSet, [newSet, ...old]);
  if (grown !== newSet.spec.replicas)
    return { scale: new Map([[nameOf(newSet), grown]]) };
  return { scale: shrinkOld(deployment, newSet, old) };
}

/** What to do about one Deployment. Follows upstream's syncDeployment. */
export function decideDeployment(facts: DeploymentFacts): DeploymentDecision {
  const { deployment, replicaSets, now } = facts;
  const { object, spec } = deployment;
  const { uid, deletionTimestamp } = object.metadata;
  const matching = replicaSets.filter(set =>
    selects(spec.selector, set.object.metadata.labels),
  );
  const ending = deletionTimestamp !== undefined;
  const adopt = ending
    ? []
    : matching.filter(
        set =>
          !controllerOf(set.object) &&
          set.object.metadata.deletionTimestamp === undefined,
      );
  const all = [
    ...matching.filter(set => controllerOf(set.object)?.uid === uid),
    ...adopt,
  ].sort((a, b) => createdMs(a) - createdMs(b));
  const newSet = all.find(set =>
    sameTemplate(set.spec.template, spec.template),
  );
  const old = all.filter(set => set !== newSet);
  const annotate = new Map<string, Record<string, string>>();
  const nothing = { adopt, annotate, scale: new Map(), remove: [] };
  if (ending)
    return {
      ...nothing,
      ...deploymentStatus({ deployment, newSet, all, now }),
    };

  const revision = Math.max(0, ...old.map(revisionOf)) + 1;
  if (newSet) {
    const annotations = newReplicaSetAnnotations(deployment, newSet, revision);
    annotate.set(nameOf(newSet), annotations);
  }
  const current = newSet ? Math.max(revision, revisionOf(newSet)) : undefined;

  if (spec.paused || wasScaled(deployment, all)) {
    const scale = rescale(deployment, newSet, old);
    for (const set of all.filter(one => one.spec.replicas > 0)) {
      annotate.set(nameOf(set), {
        ...(annotate.get(nameOf(set)) ?? set.object.metadata.annotations),
        ...sizes(deployment),
      });
    }
    const told = deploymentStatus({ deployment, newSet, all, now });
    return { ...nothing, scale, revision: current, ...told };
  }

  const { scale, newReplicas } = rollOut(facts, newSet, old);
  for (const set of all.filter(
    one => (scale.get(nameOf(one)) ?? one.spec.replicas) > 0,
  )) {
    annotate.set(nameOf(set), {
      ...(annotate.get(nameOf(set)) ?? set.object.metadata.annotations),
      ...sizes(deployment),
    });
  }
  const hash = templateHash(
    spec.template,
    deployment.status.collisionCount ?? 0,
  );
  const create: NewReplicaSet | undefined =
    newReplicas === undefined
      ? undefined
      : {
          name: `${object.metadata.name}-${hash}`,
          hash,
          replicas: newReplicas,
          annotations: {
            ...newReplicaSetAnnotations(deployment, undefined, revision),
            ...sizes(deployment),
          },
        };
  const told = deploymentStatus({
    deployment,
    newSet,
    all,
    created: create?.name,
    now,
  });
  return {
    ...nothing,
    create,
    scale,
    revision: create ? revision : current,
    remove: isComplete(deployment, told.status)
      ? beyondHistory(deployment, old)
      : [],
    ...told,
  };
}

export { HASH_LABEL };
