import { configMap } from './config-map.ts';
import { deployment } from './deployment.ts';
import { event } from './event.ts';
import { lease } from './lease.ts';
import type { Kind } from './kind.ts';
import { namespace } from './namespace.ts';
import { pod } from './pod.ts';
import { endpoints, endpointSlice, node, serviceAccount } from './read-only.ts';
import { replicaSet } from './replica-set.ts';
import { secret } from './secret.ts';
import { service } from './service.ts';

export {
  type Column,
  type Kind,
  type Verb,
  READ,
  apiVersionOf,
  resourceName,
} from './kind.ts';
export { namespace } from './namespace.ts';
export { LEASE_NAMESPACE, newNodeLease } from './lease.ts';
export { nodeLabels, gracePeriodOf } from './pod-checks.ts';

/** Every kind that is stored, in the order in which discovery shows them. */
export const kinds: Kind[] = [
  configMap,
  endpoints,
  event,
  namespace,
  node,
  pod,
  secret,
  serviceAccount,
  service,
  deployment,
  replicaSet,
  lease,
  endpointSlice,
];
