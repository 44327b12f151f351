import type { WorkloadView } from '@ghostlight/plugin-clusters-node';

/** What events of a workload are about: itself, its replica sets, its pods. */
export function involvedObjects(
  workload: WorkloadView,
): { kind: string; name: string; uid?: string }[] {
  const { ref, uid, revisions, pods } = workload;
  return [
    { kind: ref.kind, name: ref.name, uid },
    ...revisions.map(({ hash }) => ({
      kind: 'ReplicaSet',
      name: `${ref.name}-${hash}`,
    })),
    ...pods.map(pod => ({ kind: 'Pod', name: pod.name, uid: pod.uid })),
  ];
}
