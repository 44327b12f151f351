import type {
  EnvironmentWorkloads,
  PodView,
  WorkloadView,
} from '@ghostlight/plugin-clusters-node';

export const NOW = new Date('2026-03-01T12:00:00Z');
export const SHA = 'a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6a7b8c9d0';

/** ISO time so many seconds before {@link NOW}. */
export function ago(seconds: number): string {
  return new Date(NOW.getTime() - seconds * 1000).toISOString();
}

export function podOf(name: string, changes: Partial<PodView> = {}): PodView {
  return {
    name,
    namespace: 'default',
    uid: name,
    phase: 'Running',
    state: 'ready',
    ready: true,
    restarts: 0,
    revisionHash: 'new',
    createdAt: ago(700),
    requests: {},
    limits: { memoryBytes: 96 * 1024 * 1024 },
    containers: ['app'],
    conditions: [],
    ...changes,
  };
}

export function workloadOf(changes: Partial<WorkloadView> = {}): WorkloadView {
  const ref = {
    environment: 'local',
    namespace: 'default',
    kind: 'Deployment' as const,
    name: 'orders',
  };
  const revision = {
    workload: ref,
    hash: 'new',
    images: ['orders:a1b2c3d4e5f6'],
    at: ago(720),
    by: 'user:default/maya',
    commit: { repo: 'orders', sha: SHA, via: 'annotation' as const },
  };
  return {
    ref,
    uid: 'orders',
    labels: {},
    annotations: {},
    createdAt: ago(7200),
    desired: 3,
    ready: 3,
    updated: 3,
    available: 3,
    observed: true,
    revision,
    revisions: [revision],
    pods: ['orders-new-1', 'orders-new-2', 'orders-new-3'].map(name =>
      podOf(name),
    ),
    conditions: [],
    paused: false,
    ...changes,
  };
}

export function environmentOf(
  name: string,
  workloads: WorkloadView[],
  state: EnvironmentWorkloads['state'] = { reachable: true, since: ago(9000) },
): EnvironmentWorkloads {
  return {
    environment: {
      name,
      tier: 'development',
      cluster: name,
      namespace: 'default',
      deployOnPush: true,
    },
    state,
    workloads,
  };
}
