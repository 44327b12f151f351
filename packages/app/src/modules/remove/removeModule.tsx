import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  createFrontendModule,
  dialogApiRef,
  discoveryApiRef,
  fetchApiRef,
  toastApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { useEntity } from '@backstage/plugin-catalog-react';
import { EntityContextMenuItemBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { DeliveryClient } from '@ghostlight/plugin-delivery-common';
import {
  ANNOTATION_REPOSITORY,
  ForgeClient,
} from '@ghostlight/plugin-forge-common';
import { RiDeleteBinLine } from '@remixicon/react';
import { useNavigate } from 'react-router-dom';
import { ComponentRemoval } from './removal';
import { RemoveComponentDialog } from './RemoveComponentDialog';

function repositoryOf(entity: Entity): string | undefined {
  return entity.metadata.annotations?.[ANNOTATION_REPOSITORY];
}

const removeComponentItem = EntityContextMenuItemBlueprint.make({
  name: 'remove-component',
  params: {
    icon: <RiDeleteBinLine size={16} />,
    filter: entity =>
      entity.kind === 'Component' && repositoryOf(entity) !== undefined,
    useProps: () => {
      const { entity } = useEntity();
      const dialogApi = useApi(dialogApiRef);
      const discoveryApi = useApi(discoveryApiRef);
      const fetchApi = useApi(fetchApiRef);
      const toastApi = useApi(toastApiRef);
      const navigate = useNavigate();
      return {
        title: 'Remove component…',
        onClick: () => {
          const { name } = entity.metadata;
          const removal = new ComponentRemoval(
            stringifyEntityRef(entity),
            repositoryOf(entity) ?? name,
            {
              delivery: new DeliveryClient({ discoveryApi, fetchApi }),
              forge: new ForgeClient({ discoveryApi, fetchApi }),
            },
          );
          dialogApi.open(({ dialog }) => (
            <RemoveComponentDialog
              name={name}
              removal={removal}
              onClose={() => dialog.close()}
              onRemoved={({ repository }) => {
                dialog.close();
                toastApi.post({
                  title: repository
                    ? `${name} is removed`
                    : `Nothing of ${name} runs any more`,
                  status: 'success',
                  timeout: 5000,
                });
                if (repository) {
                  navigate('/catalog');
                }
              }}
            />
          ));
        },
      };
    },
  },
});

/** Unregistering an entity that its repository declares would last until the next look at the repository. */
const unregisterOthersItem = catalogPlugin
  .getExtension('entity-context-menu-item:catalog/unregister-entity')
  .override({
    params: { filter: entity => repositoryOf(entity) === undefined },
  });

/** What the portal adds to the catalog to take a component away again. */
export const removeModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [removeComponentItem, unregisterOthersItem],
});
