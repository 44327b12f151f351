export { HealthClient } from './HealthClient';
export type { HealthApi, HealthRequestOptions } from './HealthClient';
