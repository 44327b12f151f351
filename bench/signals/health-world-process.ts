import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

const WORKLOADS = 1_000;
const PODS_EACH = 2;

const startedAt = new Date(Date.now() - 3_600_000).toISOString();
const names = Array.from({ length: WORKLOADS }, (_, i) => `service-${i}`);
const labelsOf = (name: string) => ({
  'backstage.io/kubernetes-id': name,
  'pod-template-hash': '7d4f9c6b5',
});
const templateOf = (name: string) => ({
  metadata: { labels: labelsOf(name) },
  spec: {
    containers: [{ name: 'main', image: `${name}:a1b2c3d4e5f6` }],
  },
});

function metadataOf(kind: string, name: string, owner?: [string, string]) {
  return {
    name,
    namespace: 'default',
    uid: `${kind}-${name}`,
    resourceVersion: '1',
    generation: 1,
    creationTimestamp: startedAt,
    labels: {},
    annotations: { 'deployment.kubernetes.io/revision': '1' },
    ownerReferences: owner
      ? [{ kind: owner[0], name: owner[1], uid: owner.join('-') }]
      : [],
  };
}

const deployments = names.map(name => ({
  metadata: { ...metadataOf('Deployment', name), labels: labelsOf(name) },
  spec: { replicas: PODS_EACH, template: templateOf(name) },
  status: {
    observedGeneration: 1,
    replicas: PODS_EACH,
    updatedReplicas: PODS_EACH,
    readyReplicas: PODS_EACH,
    availableReplicas: PODS_EACH,
    conditions: [],
  },
}));
const replicaSets = names.map(name => ({
  metadata: {
    ...metadataOf('ReplicaSet', `${name}-7d4f9c6b5`, ['Deployment', name]),
    labels: labelsOf(name),
  },
  spec: { template: templateOf(name) },
}));
const pods = names.flatMap(name =>
  Array.from({ length: PODS_EACH }, (_, i) => ({
    metadata: {
      ...metadataOf('Pod', `${name}-7d4f9c6b5-x2k4${i}`, [
        'ReplicaSet',
        `${name}-7d4f9c6b5`,
      ]),
      labels: labelsOf(name),
    },
    spec: { nodeName: 'node-1', ...templateOf(name).spec },
    status: {
      phase: 'Running',
      startTime: startedAt,
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [
        {
          name: 'main',
          ready: true,
          started: true,
          restartCount: 0,
          state: { running: { startedAt } },
        },
      ],
    },
  })),
);

const kinds: Record<string, unknown[]> = {
  deployments,
  replicasets: replicaSets,
  pods,
  services: [],
};

function json(response: ServerResponse, body: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

/** Lists and watches in which nothing changes; discovery as far as lists by kind need it. */
function kubernetes(url: URL, response: ServerResponse): void {
  const [plural = ''] = url.pathname.split('/').slice(-1);
  if (url.searchParams.has('watch')) {
    response.writeHead(200).flushHeaders();
  } else if (/\/v1$/.test(url.pathname)) {
    const resources = [
      ['Service', 'services'],
      ['Deployment', 'deployments'],
    ].map(([kind, name]) => ({ kind, name, namespaced: true }));
    json(response, { resources });
  } else {
    json(response, {
      metadata: { resourceVersion: '1' },
      items: kinds[plural] ?? [],
    });
  }
}

/** Every workload answers ten requests a second; each tenth of them fails one of a hundred. */
function prometheus(query: string, time: string, response: ServerResponse) {
  const sample = (metric: Record<string, string>, value: number) => ({
    metric,
    value: [Number(time), String(value)],
  });
  const result = names.flatMap((name, i) => {
    const to = { destination_workload: name };
    const asked = { ...to, destination_service_name: name };
    if (query.startsWith('histogram_quantile')) return [sample(to, 84 + i)];
    const ok = sample({ ...asked, response_code: '200' }, 9.9);
    return i % 10 === 0
      ? [ok, sample({ ...asked, response_code: '503' }, 0.1)]
      : [ok];
  });
  json(response, {
    status: 'success',
    data: { resultType: 'vector', result },
  });
}

/** A Kubernetes API with 1,000 deployments of two pods and a Prometheus that knows their requests, on one port. */
const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://world');
  if (url.pathname.startsWith('/prometheus/')) {
    const form = new URLSearchParams(await text(request));
    prometheus(form.get('query') ?? '', form.get('time') ?? '0', response);
  } else {
    kubernetes(url, response);
  }
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(port);
});
process.on('disconnect', () => process.exit());
