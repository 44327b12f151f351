import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { ServiceFileHealth } from '@ghostlight/plugin-health-common';
import { forgeRouteRef } from '../../routes';
import { serviceFilePath } from './serviceFilePath';

/** Where the file can be read, at a line of it where one is told; undefined where that is not known. */
export function useServiceFilePath(): (
  file: ServiceFileHealth,
  line?: number,
) => string | undefined {
  const forge = useRouteRef(forgeRouteRef)?.();
  return (file, line) => serviceFilePath(forge, file, line);
}
