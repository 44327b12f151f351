import type { Clock, NewObject } from '../../types.ts';
import { recordAt, textAt } from '../json-path.ts';
import { dnsSubdomain } from '../schema/rules.ts';
import { anything } from '../schema/schema.ts';
import { ageColumn, nameColumn } from './columns.ts';
import { READ, type Kind } from './kind.ts';
import { wholeObject } from './metadata.ts';

export const LEASE_NAMESPACE = 'kube-node-lease';
const NODE = 'local';
const LEASE = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' };
/** As the kubelet of Kubernetes does. */
const DURATION_SECONDS = 40;
const RENEW_AFTER_MS = 10_000;

/** As Kubernetes writes a MicroTime. */
const microTime = (date: Date) => date.toISOString().replace('Z', '000Z');

/** What says that the node lives, as it is when the cluster starts. */
export const newNodeLease = (
  clock: Clock,
): NewObject & { metadata: { name: string } } => ({
  ...LEASE,
  metadata: { name: NODE, namespace: LEASE_NAMESPACE },
  spec: {
    holderIdentity: NODE,
    leaseDurationSeconds: DURATION_SECONDS,
    renewTime: microTime(clock.now()),
  },
});

/** The node's heartbeat. It is renewed when somebody looks: a write every ten seconds would push all else out of the history. */
export const lease: Kind = {
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  singular: 'lease',
  namespaced: true,
  verbs: READ,
  subresources: [],
  nameRule: dnsSubdomain,
  schema: wholeObject({ spec: anything() }),
  columns: [
    nameColumn,
    {
      name: 'Holder',
      description: 'The node.',
      cell: object => textAt(object, 'spec', 'holderIdentity') ?? '',
    },
    ageColumn,
  ],
  beforeRead({ store, clock }) {
    const key = { ...LEASE, namespace: LEASE_NAMESPACE, name: NODE };
    store.modify(key, current => {
      const now = clock.now();
      const renewedMs = Date.parse(textAt(current, 'spec', 'renewTime') ?? '');
      if (Math.abs(now.getTime() - renewedMs) < RENEW_AFTER_MS) {
        return undefined;
      }
      const spec = {
        ...recordAt(current, 'spec'),
        renewTime: microTime(now),
      };
      return { ...current, spec };
    });
  },
};
