export { forgePaths } from './forgePaths';
export type { ForgePaths } from './forgePaths';
export { useForgePaths } from './useForgePaths';
