import type { KubeObject, Store } from '../types.ts';
import { keyOf } from './kinds.ts';

const DEFAULT_GRACE_SECONDS = 30;

function graceSeconds({ kind, spec }: KubeObject): number | undefined {
  if (kind !== 'Pod') return undefined;
  const declared: unknown = Object(spec).terminationGracePeriodSeconds;
  return typeof declared === 'number' ? declared : DEFAULT_GRACE_SECONDS;
}

/** Deletes what is still this very object; a pod gets its grace period and is taken away by the kubelet. */
export function deleteObject(
  store: Store,
  object: KubeObject,
  propagation: 'background' | 'foreground' = 'background',
): void {
  const key = keyOf(object);
  const { uid } = object.metadata;
  const current = store.get(key);
  if (!current || current.metadata.uid !== uid) return;
  if (current.metadata.deletionTimestamp !== undefined) return;
  if (propagation === 'foreground') {
    store.modify(key, stored => ({
      ...stored,
      metadata: {
        ...stored.metadata,
        finalizers: [
          ...(stored.metadata.finalizers ?? []),
          'foregroundDeletion',
        ],
      },
    }));
  }
  store.remove(key, { uid, gracePeriodSeconds: graceSeconds(current) });
}
