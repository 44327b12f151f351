import type { Deployment, ReplicaSet } from '../workloads.ts';

export const REVISION = 'deployment.kubernetes.io/revision';
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';

/** Annotations of a Deployment that say nothing of its ReplicaSets. */
const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
]);

export function revisionOf({ object }: ReplicaSet): number {
  return Number(object.metadata.annotations?.[REVISION] ?? 0) || 0;
}

export function copiedAnnotations({
  object,
}: Deployment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(object.metadata.annotations ?? {}).filter(
      ([key]) => !NOT_COPIED.has(key),
    ),
  );
}

/** The annotations of the ReplicaSet of the current template. A revision that comes back gets a new number and keeps the old in its history. */
export function newReplicaSetAnnotations(
  deployment: Deployment,
  current: ReplicaSet | undefined,
  revision: number,
): Record<string, string> {
  const before = current?.object.metadata.annotations ?? {};
  const former = current ? revisionOf(current) : 0;
  const merged = { ...before, ...copiedAnnotations(deployment) };
  if (former >= revision) return merged;
  const history = (before[REVISION_HISTORY] ?? '').split(',').filter(Boolean);
  if (former > 0) history.push(String(former));
  return {
    ...merged,
    [REVISION]: String(revision),
    ...(history.length > 0 ? { [REVISION_HISTORY]: history.join(',') } : {}),
  };
}
