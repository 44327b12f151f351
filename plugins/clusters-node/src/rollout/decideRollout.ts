import type { PodView, RolloutProgress, WorkloadView } from '../types';

/** What a rollout is judged by. */
export interface RolloutFacts {
  /** undefined when there is no such workload. */
  view: WorkloadView | undefined;
  /** Pods whose state waiting will not mend. */
  isFatal: (pod: PodView) => boolean;
}

/** What to do about a rollout. */
export type RolloutDecision =
  | { kind: 'done' }
  | { kind: 'failed'; reason: string; pod?: PodView }
  | { kind: 'wait'; progress: RolloutProgress };

/** Judges a rollout the way `kubectl rollout status` does, and gives up as soon as it is clear that it will fail. */
export function decideRollout({
  view,
  isFatal,
}: RolloutFacts): RolloutDecision {
  if (!view) {
    return { kind: 'failed', reason: 'It is not there any more' };
  }
  if (!view.observed || !view.revision) {
    return wait(view, 'waiting for the cluster to take notice');
  }
  const pods = view.pods.filter(
    ({ revisionHash, state }) =>
      revisionHash === view.revision?.hash && state !== 'terminating',
  );
  const oldLeft = view.pods.filter(
    ({ revisionHash, state }) =>
      revisionHash !== view.revision?.hash && state !== 'terminating',
  ).length;
  const { desired, updated, ready } = view;
  const readyPods = pods.filter(pod => pod.ready).length;
  if (
    updated >= desired &&
    view.available >= desired &&
    readyPods >= desired &&
    oldLeft === 0
  ) {
    return { kind: 'done' };
  }
  const fatal = pods.find(isFatal);
  if (fatal) {
    return { kind: 'failed', reason: notReadyWords(pods, fatal), pod: fatal };
  }
  const refused = view.conditions.find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  if (refused) {
    return {
      kind: 'failed',
      reason: `The cluster refuses to make its pods: ${
        refused.message ?? refused.reason ?? 'no reason given'
      }`,
    };
  }
  const stuck = view.conditions.find(
    ({ type, reason }) =>
      type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
  );
  const unready = pods.find(pod => !pod.ready);
  if (stuck) {
    return {
      kind: 'failed',
      reason: unready
        ? notReadyWords(pods, unready)
        : stuck.message ?? 'It made no progress within its deadline',
      pod: unready,
    };
  }
  if (view.paused) {
    return { kind: 'failed', reason: 'Its rollout is paused' };
  }
  return wait(
    view,
    `${updated} of ${desired} replicas updated, ${ready} ready${
      unready?.notReadyReason
        ? `; ${unready.name}: ${unready.notReadyReason}`
        : ''
    }`,
  );
}

/** `2 of 3 pods are not ready: <why one of them is not>`. */
export function notReadyWords(pods: PodView[], example: PodView): string {
  const unready = pods.filter(pod => !pod.ready).length;
  const label = example.state === 'crashing' ? 'CrashLoopBackOff, ' : '';
  return `${unready} of ${pods.length} pods ${
    unready === 1 ? 'is' : 'are'
  } not ready: ${label}${example.notReadyReason ?? 'no reason given'}`;
}

function wait(view: WorkloadView, message: string): RolloutDecision {
  const { desired, updated, ready } = view;
  return { kind: 'wait', progress: { message, desired, updated, ready } };
}
