import { useApi, useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useEffect } from 'react';
import { HealthQueries, healthQueriesApiRef } from '../api';

/** The shared cache, listening to signals where the portal has them. */
export function useHealthQueries(): HealthQueries {
  const queries = useApi(healthQueriesApiRef);
  const signals = useApiHolder().get(signalApiRef);
  useEffect(() => {
    if (signals) {
      queries.listenTo(signals);
    }
  }, [queries, signals]);
  return queries;
}
