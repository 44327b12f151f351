import { createRouteRef } from '@backstage/frontend-plugin-api';

/** The list of repositories; all pages of the forge are below it. */
export const rootRouteRef = createRouteRef();
