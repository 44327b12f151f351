import { useRouteRef } from '@backstage/frontend-plugin-api';
import { forgeRouteRef } from '../routes';

/** Where a commit can be read; undefined in a portal without a forge. */
export function useForgeCommitPath(
  repository: string,
): (sha: string) => string | undefined {
  const forge = useRouteRef(forgeRouteRef)?.();
  return sha =>
    forge && `${forge}/${encodeURIComponent(repository)}/commit/${sha}`;
}
