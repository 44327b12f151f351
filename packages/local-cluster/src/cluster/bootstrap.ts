import { availableParallelism, hostname, release, totalmem } from 'node:os';
import {
  KUBERNETES_VERSION,
  LEASE_NAMESPACE,
  newNodeLease,
  nodeLabels,
} from '../api/index.ts';
import type { Clock, NewObject, Running, Store } from '../types.ts';

const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace' };

function ensure(
  store: Store,
  object: NewObject & { metadata: { name: string } },
): void {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = metadata;
  if (!store.get({ apiVersion, kind, namespace, name })) store.create(object);
}

const namespace = (name: string) => ({
  ...NAMESPACE,
  metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
  spec: { finalizers: ['kubernetes'] },
  status: { phase: 'Active' },
});

const serviceAccount = (inNamespace: string) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'default', namespace: inNamespace },
});

/** This machine, as the one node of the cluster. */
function nodeStatus(clock: Clock) {
  const now = `${clock.now().toISOString().slice(0, 19)}Z`;
  const capacity = {
    cpu: String(availableParallelism()),
    memory: `${Math.floor(totalmem() / 1024)}Ki`,
    pods: '110',
  };
  return {
    capacity,
    allocatable: capacity,
    addresses: [
      { type: 'InternalIP', address: '127.0.0.1' },
      { type: 'Hostname', address: hostname() },
    ],
    conditions: [
      {
        type: 'Ready',
        status: 'True',
        reason: 'KubeletReady',
        message: 'the local cluster runs pods as processes of this machine',
        lastHeartbeatTime: now,
        lastTransitionTime: now,
      },
    ],
    nodeInfo: {
      architecture: nodeLabels['kubernetes.io/arch'],
      operatingSystem: nodeLabels['kubernetes.io/os'],
      osImage: `${process.platform} ${release()}`,
      kernelVersion: release(),
      containerRuntimeVersion: `node://${process.version}`,
      kubeletVersion: KUBERNETES_VERSION,
      kubeProxyVersion: KUBERNETES_VERSION,
      machineID: '',
      systemUUID: '',
      bootID: '',
    },
  };
}

/** What every cluster has: namespaces, a node, and a `default` service account in each namespace, also in those to come. */
export function bootstrap({
  store,
  clock,
}: {
  store: Store;
  clock: Clock;
}): Running {
  ensure(store, namespace('default'));
  ensure(store, namespace(LEASE_NAMESPACE));
  ensure(store, namespace('kube-system'));
  const node = { apiVersion: 'v1', kind: 'Node' };
  ensure(store, {
    ...node,
    metadata: { name: 'local', labels: nodeLabels },
    spec: {},
  });
  store.modify({ ...node, name: 'local' }, current => ({
    ...current,
    status: nodeStatus(clock),
  }));
  ensure(store, newNodeLease(clock));
  for (const { metadata } of store.list(NAMESPACE).items) {
    if (metadata.deletionTimestamp === undefined)
      ensure(store, serviceAccount(metadata.name));
  }
  const unwatch = store.watch(NAMESPACE, ({ type, object }) => {
    if (type === 'ADDED') ensure(store, serviceAccount(object.metadata.name));
  });
  return {
    async stop() {
      unwatch();
    },
  };
}
