import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { HealthRevision } from '@ghostlight/plugin-health-common';
import { forgeRouteRef } from '../routes';

/** Where a commit can be read; undefined in a portal without a forge. */
export function useCommitPath(
  commit: HealthRevision['commit'],
): string | undefined {
  const forge = useRouteRef(forgeRouteRef)?.();
  return commit && forge
    ? `${forge}/${encodeURIComponent(commit.repo)}/commit/${commit.sha}`
    : undefined;
}
