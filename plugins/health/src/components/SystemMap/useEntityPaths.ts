import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { useCallback } from 'react';

/** Where nodes of the map lead to: the Health tab of what runs, the page of anything else. */
export function useEntityPaths(): (entityRef: string) => string | undefined {
  const entityRoute = useRouteRef(entityRouteRef);
  return useCallback(
    entityRef => {
      if (entityRef === 'unknown' || !entityRoute) {
        return undefined;
      }
      const ref = parseEntityRef(entityRef);
      const page = entityRoute(entityRouteParams(ref));
      return ref.kind.toLocaleLowerCase('en-US') === 'component'
        ? `${page}/health`
        : page;
    },
    [entityRoute],
  );
}
