export { forgeApi, forgeCacheApi } from './apis';
export { forgeApiRef } from './forgeApiRef';
export { ForgeCache, forgeCacheApiRef } from './ForgeCache';
export { useForgeMutation, useForgeQuery } from './useForgeQuery';
