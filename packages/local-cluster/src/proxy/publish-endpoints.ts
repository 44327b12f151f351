import type { NewObject, Store } from '../types.ts';
import type { Membership } from './decide.ts';
import {
  SERVICE_NAME_LABEL,
  endpointSlicesOf,
  endpointsOf,
} from './endpoint-objects.ts';
import type { ServiceFacts } from './observe.ts';

const SLICES = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' };

/** Writes what stands behind a Service where `kubectl get endpoints` and `describe service` look. */
export function publishEndpoints(
  store: Store,
  service: ServiceFacts,
  membership: Membership,
): void {
  put(store, endpointsOf(service, membership));
  const slices = endpointSlicesOf(service, membership);
  for (const slice of slices) put(store, slice);
  removeSlices(store, service, new Set(slices.map(s => s.metadata.name)));
}

/** Takes back what `publishEndpoints` wrote. */
export function withdrawEndpoints(
  store: Store,
  service: { namespace: string; name: string },
): void {
  const { namespace, name } = service;
  store.remove({ apiVersion: 'v1', kind: 'Endpoints', namespace, name });
  removeSlices(store, service, new Set());
}

function removeSlices(
  store: Store,
  { namespace, name }: { namespace: string; name: string },
  keep: Set<string | undefined>,
): void {
  for (const { metadata } of store.list({ ...SLICES, namespace }).items) {
    if (metadata.labels?.[SERVICE_NAME_LABEL] !== name) continue;
    if (keep.has(metadata.name)) continue;
    store.remove({ ...SLICES, namespace, name: metadata.name });
  }
}

function put(store: Store, object: NewObject): void {
  const { apiVersion, kind, metadata } = object;
  const { namespace, name = '' } = metadata;
  const written = store.modify(
    { apiVersion, kind, namespace, name },
    current => ({
      ...current,
      ...object,
      metadata: { ...current.metadata, ...metadata },
    }),
  );
  if (!written) store.create(object);
}
