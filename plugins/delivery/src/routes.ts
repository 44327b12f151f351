import { createExternalRouteRef } from '@backstage/frontend-plugin-api';

/** The forge's page, where a portal has one: commits are read below it. */
export const forgeRouteRef = createExternalRouteRef({
  defaultTarget: 'forge.root',
});
