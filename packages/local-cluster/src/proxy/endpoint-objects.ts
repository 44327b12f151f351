import { createHash } from 'node:crypto';
import type { NewObject, OwnerReference } from '../types.ts';
import type { ListedPod, Membership } from './decide.ts';
import type { ServiceFacts } from './observe.ts';

export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';

const ownedBy = ({ name, uid }: ServiceFacts): OwnerReference => ({
  apiVersion: 'v1',
  kind: 'Service',
  name,
  uid,
  controller: true,
  blockOwnerDeletion: true,
});

const portsOf = (service: ServiceFacts, pod: ListedPod) =>
  service.ports.map(({ name }) => ({
    ...(name === undefined ? {} : { name }),
    port: pod.port,
    protocol: 'TCP',
  }));

const targetRef = ({ namespace, name, uid }: ListedPod) => ({
  kind: 'Pod',
  namespace,
  name,
  uid,
});

/** All pods share one address and differ in port, and a subset has one list of ports: one subset a pod. */
export function endpointsOf(
  service: ServiceFacts,
  { ready, notReady }: Membership,
): NewObject {
  const subset =
    (field: 'addresses' | 'notReadyAddresses') => (pod: ListedPod) => ({
      [field]: [
        { ip: '127.0.0.1', nodeName: pod.node, targetRef: targetRef(pod) },
      ],
      ports: portsOf(service, pod),
    });
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      namespace: service.namespace,
      name: service.name,
      ownerReferences: [ownedBy(service)],
    },
    subsets: [
      ...ready.map(subset('addresses')),
      ...notReady
        .filter(pod => !pod.terminating)
        .map(subset('notReadyAddresses')),
    ],
  };
}

/** One slice a pod, for the same reason. */
export function endpointSlicesOf(
  service: ServiceFacts,
  { ready, notReady }: Membership,
): NewObject[] {
  const slice = (isReady: boolean) => (pod: ListedPod) => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      namespace: service.namespace,
      name: `${service.name}-${shortHash(`${service.uid}/${pod.uid}`)}`,
      labels: {
        [SERVICE_NAME_LABEL]: service.name,
        'endpointslice.kubernetes.io/managed-by': 'local-cluster',
      },
      ownerReferences: [ownedBy(service)],
    },
    addressType: 'IPv4',
    endpoints: [
      {
        addresses: ['127.0.0.1'],
        conditions: {
          ready: isReady,
          serving: isReady,
          terminating: pod.terminating,
        },
        nodeName: pod.node,
        targetRef: targetRef(pod),
      },
    ],
    // A slice names every port, an unnamed one "": kubectl describe fails without.
    ports: portsOf(service, pod).map(port => ({ name: '', ...port })),
  });
  return [...ready.map(slice(true)), ...notReady.map(slice(false))];
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
