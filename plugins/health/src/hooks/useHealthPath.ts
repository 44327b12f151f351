import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';

/** Where the Health tab of an entity is. */
export function useHealthPath(entityRef: string): string | undefined {
  const entityRoute = useRouteRef(entityRouteRef);
  const page = entityRoute?.(entityRouteParams(parseEntityRef(entityRef)));
  return page && `${page}/health`;
}
