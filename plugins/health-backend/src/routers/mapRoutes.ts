import { stringifyEntityRef } from '@backstage/catalog-model';
import { HEALTH_WINDOWS } from '@ghostlight/plugin-health-common';
import { z } from 'zod';
import type { SystemMaps } from '../map/SystemMaps';
import { read, whenGone, type Routes } from './request';

const mapQuery = z.object({
  environment: z.string(),
  window: z.enum(HEALTH_WINDOWS),
});

/** HTTP of maps; who may see what is decided by the service. */
export function mapRoutes(maps: SystemMaps): Routes {
  return (router, caller) => {
    router.get(
      '/entities/system/:namespace/:name/map',
      async (request, response) => {
        const { namespace, name } = request.params;
        const systemRef = stringifyEntityRef({
          kind: 'system',
          namespace,
          name,
        });
        response.json(
          await maps.map(systemRef, read(mapQuery, request.query), {
            credentials: await caller(request),
            signal: whenGone(response),
          }),
        );
      },
    );
  };
}
