/** Objects as the API gives them; tests change what they are about. */

export const DEPLOYMENTS = '/apis/apps/v1/deployments';
export const REPLICA_SETS = '/apis/apps/v1/replicasets';
export const PODS = '/api/v1/pods';

export const NOW = new Date('2026-03-01T12:00:00Z');

/** ISO time so many seconds before {@link NOW}. */
export function ago(seconds: number): string {
  return new Date(NOW.getTime() - seconds * 1000).toISOString();
}

const SHA = 'a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6a7b8c9d0';

const template = {
  metadata: {
    labels: { 'backstage.io/kubernetes-id': 'orders', app: 'orders' },
    annotations: { 'ghostlight.dev/commit': `orders@${SHA}` },
  },
  spec: { containers: [{ name: 'app', image: `orders:${SHA.slice(0, 12)}` }] },
};

export function deployment(
  name = 'orders',
  changes: { spec?: object; status?: object; metadata?: object } = {},
) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: 'default',
      uid: `deployment-${name}`,
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: ago(7200),
      labels: { 'backstage.io/kubernetes-id': name },
      annotations: {
        'deployment.kubernetes.io/revision': '1',
        'ghostlight.dev/deployed-by': 'user:default/maya',
      },
      ...changes.metadata,
    },
    spec: { replicas: 1, template, ...changes.spec },
    status: {
      observedGeneration: 1,
      replicas: 1,
      updatedReplicas: 1,
      readyReplicas: 1,
      availableReplicas: 1,
      conditions: [],
      ...changes.status,
    },
  };
}

export function replicaSet(
  owner = 'orders',
  hash = '7d4f9c6b5',
  changes: { metadata?: object; revision?: string } = {},
) {
  return {
    metadata: {
      name: `${owner}-${hash}`,
      namespace: 'default',
      uid: `replicaset-${owner}-${hash}`,
      resourceVersion: '1',
      creationTimestamp: ago(720),
      labels: { 'pod-template-hash': hash },
      annotations: {
        'deployment.kubernetes.io/revision': changes.revision ?? '1',
      },
      ownerReferences: [
        { kind: 'Deployment', name: owner, uid: `deployment-${owner}` },
      ],
      ...changes.metadata,
    },
    spec: { template },
  };
}

export function pod(
  name = 'orders-7d4f9c6b5-x2k4p',
  changes: {
    metadata?: object;
    spec?: object;
    status?: object;
    container?: object;
  } = {},
) {
  const hash = name.split('-').at(-2) ?? '';
  const owner = name.split('-').slice(0, -2).join('-');
  return {
    metadata: {
      name,
      namespace: 'default',
      uid: `pod-${name}`,
      resourceVersion: '1',
      creationTimestamp: ago(700),
      labels: { 'pod-template-hash': hash },
      ownerReferences: [
        {
          kind: 'ReplicaSet',
          name: `${owner}-${hash}`,
          uid: `replicaset-${owner}-${hash}`,
        },
      ],
      ...changes.metadata,
    },
    spec: {
      nodeName: 'node-1',
      containers: [
        {
          name: 'app',
          image: 'orders:a1b2c3d4e5f6',
          resources: { limits: { cpu: '500m', memory: '96Mi' } },
          readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
        },
      ],
      ...changes.spec,
    },
    status: {
      phase: 'Running',
      startTime: ago(699),
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [
        {
          name: 'app',
          ready: true,
          started: true,
          restartCount: 0,
          state: { running: { startedAt: ago(698) } },
          ...changes.container,
        },
      ],
      ...changes.status,
    },
  };
}

/** Status of a pod whose Ready condition does not hold. */
export const unready = [{ type: 'Ready', status: 'False' }];
