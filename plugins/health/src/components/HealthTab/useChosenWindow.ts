import { storageApiRef, useApiHolder } from '@backstage/frontend-plugin-api';
import { HEALTH_WINDOWS, HealthWindow } from '@ghostlight/plugin-health-common';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';

const parameter = 'window';
const bucket = 'ghostlight.health';
const usual: HealthWindow = 'PT15M';

/**
 * The window of time on show: the one in the address, else the one this person
 * chose last.
 */
export function useChosenWindow(): [
  HealthWindow,
  (window: HealthWindow) => void,
] {
  const storage = useApiHolder().get(storageApiRef);
  const [search, setSearch] = useSearchParams();
  const [remembered, setRemembered] = useState<unknown>(
    () => storage?.forBucket(bucket).snapshot(parameter).value,
  );
  useEffect(() => {
    // A store on the server answers later.
    const subscription = storage
      ?.forBucket(bucket)
      .observe$(parameter)
      .subscribe(({ value }) => setRemembered(value));
    return () => subscription?.unsubscribe();
  }, [storage]);

  const chosen =
    toWindow(search.get(parameter)) ?? toWindow(remembered) ?? usual;
  const choose = (window: HealthWindow) => {
    storage?.forBucket(bucket).set(parameter, window);
    setSearch(
      before => {
        const after = new URLSearchParams(before);
        after.set(parameter, window);
        return after;
      },
      { replace: true },
    );
  };
  return [chosen, choose];
}

function toWindow(value: unknown): HealthWindow | undefined {
  return HEALTH_WINDOWS.find(window => window === value);
}
