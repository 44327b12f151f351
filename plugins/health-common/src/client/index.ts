export type { HealthApi, HealthRequestOptions } from './HealthApi';
export { HealthClient } from './HealthClient';
