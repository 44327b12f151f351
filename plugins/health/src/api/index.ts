export { healthApi, healthQueriesApi } from './apis';
export { healthApiRef } from './healthApiRef';
export {
  fallbackRefetchMs,
  HealthQueries,
  healthQueriesApiRef,
} from './HealthQueries';
