import { storageApiRef, useApiHolder } from '@backstage/frontend-plugin-api';
import { HEALTH_WINDOWS, HealthWindow } from '@ghostlight/plugin-health-common';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';

export const windowParameter = 'window';
const bucket = 'ghostlight.health';
const usual: HealthWindow = 'PT15M';

interface Remembered {
  presence: 'unknown' | 'absent' | 'present';
  value?: unknown;
}

/**
 * The window of time on show: the one in the address, else the one this person
 * had chosen last when the page was opened. What they choose on another page
 * is for that page.
 */
export function useChosenWindow(): [
  HealthWindow,
  (window: HealthWindow) => void,
] {
  const storage = useApiHolder().get(storageApiRef);
  const [search, setSearch] = useSearchParams();
  const [remembered, setRemembered] = useState<Remembered>(
    () =>
      storage?.forBucket(bucket).snapshot(windowParameter) ?? {
        presence: 'absent',
      },
  );
  const isAwaited = remembered.presence === 'unknown';
  useEffect(() => {
    if (!storage || !isAwaited) {
      return undefined;
    }
    // A store on the server answers later; only its first answer counts.
    const subscription = storage
      .forBucket(bucket)
      .observe$(windowParameter)
      .subscribe(answer =>
        setRemembered(before =>
          before.presence === 'unknown' ? answer : before,
        ),
      );
    return () => subscription.unsubscribe();
  }, [storage, isAwaited]);

  const chosen =
    toWindow(search.get(windowParameter)) ??
    toWindow(remembered.value) ??
    usual;
  const choose = (window: HealthWindow) => {
    setRemembered({ presence: 'present', value: window });
    storage?.forBucket(bucket).set(windowParameter, window);
    setSearch(
      before => {
        const after = new URLSearchParams(before);
        after.set(windowParameter, window);
        return after;
      },
      { replace: true },
    );
  };
  return [chosen, choose];
}

export function toWindow(value: unknown): HealthWindow | undefined {
  return HEALTH_WINDOWS.find(window => window === value);
}
