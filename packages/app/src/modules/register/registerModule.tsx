import { createFrontendModule } from '@backstage/frontend-plugin-api';
import catalogImportPlugin from '@backstage/plugin-catalog-import/alpha';

/**
 * Registering a location is for operators: the page, and every button that
 * leads to it, is there only for those who may.
 */
export const registerModule = createFrontendModule({
  pluginId: 'catalog-import',
  extensions: [
    catalogImportPlugin.getExtension('page:catalog-import').override({
      if: { permissions: { $contains: 'catalog.location.create' } },
    }),
  ],
});
