import { createFrontendModule } from '@backstage/frontend-plugin-api';

/** What the portal adds to the catalog to take a component away again. */
export const removeModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [],
});
