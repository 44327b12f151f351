import {
  coreExtensionData,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { Fragment } from 'react';

/**
 * Shows health in the catalog's table. A module of the catalog can not be the
 * default export beside the plugin's own: `./alpha` is the other entry point
 * that `app.packages: all` looks at.
 */
export default createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    catalogPlugin.getExtension('page:catalog').override({
      factory(originalFactory, { inputs, config }) {
        const filters = inputs.filters.map(filter => (
          <Fragment key={filter.node.spec.id}>
            {filter.get(coreExtensionData.reactElement)}
          </Fragment>
        ));
        return originalFactory({
          params: {
            loader: () =>
              import('./catalog/CatalogPage').then(({ CatalogPage }) => (
                <CatalogPage
                  filters={<>{filters}</>}
                  pagination={config.pagination}
                />
              )),
          },
        });
      },
    }),
  ],
});
