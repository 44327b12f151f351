/// <reference types="@backstage/cli/asset-types" />
export { healthApiRef, HealthQueries, healthQueriesApiRef } from './api';
export { useFiringAlerts } from './components/Alerts/useFiringAlerts';
export type { FiringAlerts } from './components/Alerts/useFiringAlerts';
export { HealthStatusChip } from './components/HealthStatusChip';
export type { HealthStatusChipProps } from './components/HealthStatusChip';
export { sentenceWords } from './components/sentenceWords';
export { useHealth, useHealthSummaries } from './hooks';
export type { HealthSummariesResult } from './hooks';
export { healthPlugin as default } from './plugin';
