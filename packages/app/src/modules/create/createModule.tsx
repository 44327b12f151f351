import { createFrontendModule } from '@backstage/frontend-plugin-api';

/** What the portal adds to the wizard that creates a service. */
export const createModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [],
});
