import type { Json } from '../../types.ts';
import { type Condition, condition, withCondition } from '../conditions.ts';
import type { Deployment, ReplicaSet } from '../workloads.ts';
import { fenceposts } from './rolling-update.ts';

const NEW_AVAILABLE = 'NewReplicaSetAvailable';
const TIMED_OUT = 'ProgressDeadlineExceeded';

export interface DeploymentCounts {
  observedGeneration?: number;
  replicas: number;
  updatedReplicas: number;
  readyReplicas: number;
  availableReplicas: number;
  unavailableReplicas: number;
}

export interface DeploymentStatus extends DeploymentCounts {
  collisionCount?: number;
  conditions: Condition[];
}

function counts(
  deployment: Deployment,
  newSet: ReplicaSet | undefined,
  all: ReplicaSet[],
): DeploymentCounts {
  const sum = (of: (set: ReplicaSet) => number) =>
    all.reduce((total, set) => total + of(set), 0);
  const availableReplicas = sum(set => set.status.availableReplicas);
  return {
    observedGeneration: deployment.object.metadata.generation,
    replicas: sum(set => set.status.replicas),
    updatedReplicas: newSet?.status.replicas ?? 0,
    readyReplicas: sum(set => set.status.readyReplicas),
    availableReplicas,
    unavailableReplicas: Math.max(
      0,
      sum(set => set.spec.replicas) - availableReplicas,
    ),
  };
}

export function isComplete(
  deployment: Deployment,
  status: DeploymentCounts,
): boolean {
  const { replicas } = deployment.spec;
  return (
    status.updatedReplicas === replicas &&
    status.replicas === replicas &&
    status.availableReplicas === replicas
  );
}

function hasProgressed(before: DeploymentCounts, now: DeploymentCounts) {
  const old = (one: DeploymentCounts) => one.replicas - one.updatedReplicas;
  return (
    now.updatedReplicas > before.updatedReplicas ||
    old(now) < old(before) ||
    now.readyReplicas > before.readyReplicas ||
    now.availableReplicas > before.availableReplicas
  );
}

function available(
  deployment: Deployment,
  { availableReplicas }: DeploymentCounts,
): Omit<Condition, 'lastUpdateTime' | 'lastTransitionTime'> {
  const enough =
    availableReplicas >=
    deployment.spec.replicas - fenceposts(deployment).maxUnavailable;
  return enough
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

const progressing = (
  status: Condition['status'],
  reason: string,
  message: string,
) => ({ type: 'Progressing', status, reason, message });

/** When the deadline passes, counted from the last progress; undefined when it is not running. */
function deadlineMs(
  deployment: Deployment,
  conditions: Condition[],
): number | undefined {
  const current = condition(conditions, 'Progressing');
  if (
    !current?.lastUpdateTime ||
    current.reason === NEW_AVAILABLE ||
    current.reason === TIMED_OUT ||
    deployment.spec.paused
  )
    return undefined;
  return (
    Date.parse(current.lastUpdateTime) +
    deployment.spec.progressDeadlineSeconds * 1000
  );
}

function paused(
  deployment: Deployment,
  conditions: Condition[],
  now: string,
): Condition[] {
  const current = condition(conditions, 'Progressing');
  if (current?.reason === TIMED_OUT) return conditions;
  if (deployment.spec.paused) {
    return withCondition(
      conditions,
      progressing('Unknown', 'DeploymentPaused', 'Deployment is paused'),
      now,
    );
  }
  return current?.reason === 'DeploymentPaused'
    ? withCondition(
        conditions,
        progressing('Unknown', 'DeploymentResumed', 'Deployment is resumed'),
        now,
      )
    : conditions;
}

function progress(
  deployment: Deployment,
  before: Condition[],
  facts: {
    name: string;
    progressed: boolean;
    complete: boolean;
    rolling: boolean;
  },
  now: Date,
): Condition[] {
  const { name, progressed, complete, rolling } = facts;
  const at = `${now.toISOString().slice(0, 19)}Z`;
  if (deployment.spec.paused || !rolling) return before;
  if (complete) {
    return withCondition(
      before,
      progressing(
        'True',
        NEW_AVAILABLE,
        `ReplicaSet "${name}" has successfully progressed.`,
      ),
      at,
    );
  }
  if (progressed) {
    const transition = condition(before, 'Progressing');
    // The deadline counts from here, so the update time moves although nothing else may.
    return [
      ...before.filter(one => one.type !== 'Progressing'),
      {
        ...progressing(
          'True',
          'ReplicaSetUpdated',
          `ReplicaSet "${name}" is progressing.`,
        ),
        lastUpdateTime: at,
        lastTransitionTime:
          transition?.status === 'True'
            ? transition.lastTransitionTime ?? at
            : at,
      },
    ];
  }
  const deadline = deadlineMs(deployment, before);
  if (deadline === undefined || now.getTime() < deadline) return before;
  return withCondition(
    before,
    progressing(
      'False',
      TIMED_OUT,
      `ReplicaSet "${name}" has timed out progressing.`,
    ),
    at,
  );
}

/** What the ReplicaSets' numbers mean for the Deployment. Follows upstream's calculateStatus and syncRolloutStatus. */
export function deploymentStatus(options: {
  deployment: Deployment;
  newSet: ReplicaSet | undefined;
  all: ReplicaSet[];
  /** Name of a ReplicaSet that is made by this very decision. */
  created?: string;
  now: Date;
}): { status: DeploymentStatus; lookAgainInMs?: number } {
  const { deployment, newSet, all, created, now } = options;
  const at = `${now.toISOString().slice(0, 19)}Z`;
  const before = deployment.status;
  const numbers = counts(deployment, newSet, all);
  let conditions = paused(deployment, before.conditions, at);
  conditions = withCondition(conditions, available(deployment, numbers), at);
  if (created) {
    conditions = withCondition(
      conditions,
      progressing(
        'True',
        'NewReplicaSetCreated',
        `Created new replica set "${created}"`,
      ),
      at,
    );
  } else if (newSet && !condition(conditions, 'Progressing')) {
    conditions = withCondition(
      conditions,
      progressing(
        'True',
        'FoundNewReplicaSet',
        `Found new replica set "${newSet.object.metadata.name}"`,
      ),
      at,
    );
  }
  if (newSet) {
    const done =
      condition(conditions, 'Progressing')?.reason === NEW_AVAILABLE &&
      before.replicas === before.updatedReplicas &&
      numbers.replicas === numbers.updatedReplicas;
    conditions = progress(
      deployment,
      conditions,
      {
        name: newSet.object.metadata.name,
        progressed: hasProgressed(before, numbers),
        complete: isComplete(deployment, numbers),
        rolling: !done,
      },
      now,
    );
  }
  const failure = all
    .map(set => condition(set.status.conditions, 'ReplicaFailure'))
    .find(one => one?.status === 'True');
  conditions = failure
    ? withCondition(conditions, failure, at)
    : conditions.filter(one => one.type !== 'ReplicaFailure');
  const deadline = deadlineMs(deployment, conditions);
  return {
    status: {
      ...numbers,
      collisionCount: before.collisionCount,
      conditions,
    },
    lookAgainInMs:
      deadline === undefined
        ? undefined
        : Math.max(0, deadline - now.getTime()) + 1000,
  };
}

/** As upstream: counts of nothing are left out. */
export function statusJson(
  status: DeploymentStatus,
): Record<string, Json | undefined> {
  const { conditions, observedGeneration, ...numbers } = status;
  return {
    observedGeneration,
    ...Object.fromEntries(
      Object.entries(numbers).filter(([, count]) => count !== 0),
    ),
    conditions: conditions.map(one => ({ ...one })),
  };
}
