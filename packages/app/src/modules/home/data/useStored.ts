import { storageApiRef, useApi } from '@backstage/core-plugin-api';
import type { JsonValue } from '@backstage/types';
import { useCallback, useEffect, useState } from 'react';

export interface Stored {
  /** As it was stored; parse it. `undefined` when nothing is. */
  value: JsonValue | undefined;
  /** The store has answered. */
  isKnown: boolean;
  set: (value: JsonValue) => void;
}

/** A value that is kept for this person, on the server where there is one. */
export function useStored(key: string): Stored {
  const storage = useApi(storageApiRef);
  const bucket = storage.forBucket('ghostlight.home');
  const [snapshot, setSnapshot] = useState(() => bucket.snapshot(key));

  useEffect(() => {
    const stored = storage.forBucket('ghostlight.home');
    setSnapshot(stored.snapshot(key));
    const subscription = stored.observe$(key).subscribe(next => {
      if (next.key === key) setSnapshot(next);
    });
    return () => subscription.unsubscribe();
  }, [storage, key]);

  const set = useCallback(
    (value: JsonValue) => {
      storage.forBucket('ghostlight.home').set(key, value);
    },
    [storage, key],
  );

  return {
    value: snapshot.presence === 'present' ? snapshot.value : undefined,
    isKnown: snapshot.presence !== 'unknown',
    set,
  };
}
