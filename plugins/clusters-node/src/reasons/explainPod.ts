import type { Pod } from '../kube/objects';
import { cannotBeCreated } from './pod/cannotBeCreated';
import { crashLoop } from './pod/crashLoop';
import { creating } from './pod/creating';
import { ended } from './pod/ended';
import { evicted } from './pod/evicted';
import { imageCannotBePulled } from './pod/imageCannotBePulled';
import { initializing } from './pod/initializing';
import { lostNode } from './pod/lostNode';
import { readinessGate } from './pod/readinessGate';
import { readinessProbe } from './pod/readinessProbe';
import { startupProbe } from './pod/startupProbe';
import { terminating } from './pod/terminating';
import { unschedulable } from './pod/unschedulable';
import type { PodReason, ReasonRule } from './PodFacts';

/** The first that applies is the reason: the more telling stand before the more general. */
export const podReasons: ReasonRule[] = [
  terminating,
  evicted,
  ended,
  lostNode,
  unschedulable,
  imageCannotBePulled,
  cannotBeCreated,
  crashLoop,
  initializing,
  creating,
  startupProbe,
  readinessProbe,
  readinessGate,
];

/** Why a pod is not ready; undefined when it is. */
export function explainPod(pod: Pod, now: Date): PodReason | undefined {
  if (isReady(pod) && !pod.metadata.deletionTimestamp) {
    return undefined;
  }
  const facts = {
    pod,
    containers: [
      ...(pod.status?.initContainerStatuses ?? []),
      ...(pod.status?.containerStatuses ?? []),
    ],
    now,
  };
  for (const rule of podReasons) {
    const reason = rule.explain(facts);
    if (reason) {
      return reason;
    }
  }
  return {
    state: 'not ready',
    words: 'its cluster does not say why',
    fatal: false,
  };
}

/** Whether the pod's Ready condition holds. */
export function isReady(pod: Pod): boolean {
  return Boolean(
    pod.status?.conditions.some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    ),
  );
}
