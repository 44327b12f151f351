/// <reference types="@backstage/cli/asset-types" />
export { forgeApiRef } from './api';
export { forgePaths, useForgePaths } from './paths';
export type { ForgePaths } from './paths';
export { forgePlugin as default } from './plugin';
