import {
  ApiHolder,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { ForgeClient } from '@ghostlight/plugin-forge-common';
import { NameSources } from './serviceName';

/** The catalog and the forge of this portal, if the app has what it takes to ask them. */
export function nameSources(apis: ApiHolder): NameSources {
  const catalog = apis.get(catalogApiRef);
  const discoveryApi = apis.get(discoveryApiRef);
  const fetchApi = apis.get(fetchApiRef);
  if (!catalog || !discoveryApi || !fetchApi) {
    throw new Error('The app cannot ask the catalog and the forge for names');
  }
  const forge = new ForgeClient({ discoveryApi, fetchApi });
  return {
    isInCatalog: async name =>
      (await catalog.getEntityByRef(`component:default/${name}`)) !== undefined,
    isInForge: async name => (await forge.getRepository(name)) !== undefined,
  };
}
