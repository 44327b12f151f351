import type { HealthObjectives } from '@ghostlight/plugin-health-common';
import { useQuery, UseQueryResult } from '@tanstack/react-query';
import { useHealth, useHealthQueries } from '../../hooks';
import { mostTellingFirst } from '../statusOrder';

/** The objectives of an entity in one environment, kept current; not asked before the environment is known. */
export function useObjectives(
  entityRef: string,
  environment: string | undefined,
): UseQueryResult<HealthObjectives> {
  const queries = useHealthQueries();
  return useQuery(
    {
      ...queries.objectives(entityRef, environment ?? ''),
      enabled: environment !== undefined,
    },
    queries.client,
  );
}

/** The same where no environment was chosen: in the one that needs a look most. */
export function useObjectivesOfEntity(
  entityRef: string,
): UseQueryResult<HealthObjectives> {
  return useObjectives(entityRef, useTellingEnvironment(entityRef));
}

/** The environment that the Health tab would open on. */
export function useTellingEnvironment(entityRef: string): string | undefined {
  const { data } = useHealth(entityRef);
  return [...(data?.environments ?? [])].sort(mostTellingFirst)[0]?.environment
    .name;
}
