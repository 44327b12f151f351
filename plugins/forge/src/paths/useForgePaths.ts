import { useRouteRef } from '@backstage/frontend-plugin-api';
import { rootRouteRef } from '../routes';
import { ForgePaths, forgePaths } from './forgePaths';

/** {@link forgePaths} at the place where this portal mounts the forge. */
export function useForgePaths(): ForgePaths {
  const root = useRouteRef(rootRouteRef);
  return forgePaths(root?.());
}
