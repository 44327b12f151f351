import type { HealthWindow } from '@ghostlight/plugin-health-common';
import { useState } from 'react';

/**
 * Since when the charts are held still, ISO 8601. Another window or
 * environment lets go: what is held of it would have to be fetched first.
 */
export function useHeld(
  environment: string,
  window: HealthWindow,
): [string | undefined, (isHeld: boolean) => void] {
  const of = `${environment} ${window}`;
  const [held, setHeld] = useState<{ since: string; of: string }>();
  return [
    held?.of === of ? held.since : undefined,
    isHeld =>
      setHeld(isHeld ? { since: new Date().toISOString(), of } : undefined),
  ];
}
