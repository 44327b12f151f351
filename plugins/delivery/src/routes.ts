import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/frontend-plugin-api';

/** The forge's page, where a portal has one: commits are read below it. */
export const forgeRouteRef = createExternalRouteRef({
  defaultTarget: 'forge.root',
});

/** The page on which a service that exists already is brought in. */
export const importRouteRef = createRouteRef();
