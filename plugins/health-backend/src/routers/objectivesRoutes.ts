import { serviceFileJsonSchema } from '@ghostlight/plugin-health-common';
import { z } from 'zod';
import type { ComparisonService } from '../comparison/ComparisonService';
import type { ObjectivesService } from '../objectives/ObjectivesService';
import { entityRefOf, read, type Routes } from './request';

/** The one path that needs no sign-in: editors fetch it, and it says nothing of anybody. */
export const SCHEMA_PATH = '/schema/ghostlight.json';

const query = z.object({ environment: z.string() });

/** HTTP of objectives, comparisons and the schema of ghostlight.yaml; who may see what is decided by the services. */
export function objectivesRoutes(options: {
  objectives: ObjectivesService;
  comparison: ComparisonService;
}): Routes {
  const { objectives, comparison } = options;
  const schema = serviceFileJsonSchema();
  return (router, caller) => {
    router.get(
      '/entities/:kind/:namespace/:name/objectives',
      async (request, response) => {
        const { environment } = read(query, request.query);
        const credentials = await caller(request);
        response.json(
          await objectives.objectives(
            entityRefOf(request),
            environment,
            credentials,
          ),
        );
      },
    );

    router.get(
      '/entities/:kind/:namespace/:name/comparison',
      async (request, response) => {
        const { environment } = read(query, request.query);
        const credentials = await caller(request);
        response.json(
          await comparison.comparison(
            entityRefOf(request),
            environment,
            credentials,
          ),
        );
      },
    );

    router.get(SCHEMA_PATH, (_request, response) => {
      response.set('Cache-Control', 'public, max-age=3600').json(schema);
    });
  };
}
