import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { HealthClient } from '@ghostlight/plugin-health-common';
import { healthApiRef } from './healthApiRef';
import { HealthQueries, healthQueriesApiRef } from './HealthQueries';

export const healthApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: healthApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new HealthClient(deps),
    }),
});

export const healthQueriesApi = ApiBlueprint.make({
  name: 'queries',
  params: defineParams =>
    defineParams({
      api: healthQueriesApiRef,
      deps: { healthApi: healthApiRef },
      factory: deps => new HealthQueries(deps),
    }),
});
