import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import { createPermission } from '@backstage/plugin-permission-common';

/**
 * To deploy a component, or to remove what was deployed of it, in environments below production.
 *
 * @remarks
 * The resource is the component in the catalog, so rules on ownership apply. A permission request cannot carry the tier
 * of an environment, hence the second permission {@link deliveryDeployProductionPermission}.
 *
 * @public
 */
export const deliveryDeployPermission = createPermission({
  name: 'delivery.deploy',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * To deploy a component, or to remove what was deployed of it, in environments of the tier production.
 *
 * @remarks
 * Asked instead of {@link deliveryDeployPermission}, not besides it. A policy denies it to those who are not operators.
 *
 * @public
 */
export const deliveryDeployProductionPermission = createPermission({
  name: 'delivery.deploy.production',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * All permissions of Delivery. Reading deployments asks `catalog.entity.read` of the component.
 *
 * @public
 */
export const deliveryPermissions = [
  deliveryDeployPermission,
  deliveryDeployProductionPermission,
];
