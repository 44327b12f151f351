export { useCommitPath } from './useCommitPath';
export { useHealth } from './useHealth';
export { useHealthEvents } from './useHealthEvents';
export { useHealthPath } from './useHealthPath';
export { useHealthQueries } from './useHealthQueries';
export { useHealthSummaries } from './useHealthSummaries';
export type { HealthSummariesResult } from './useHealthSummaries';
export { usePageVisible } from './usePageVisible';
