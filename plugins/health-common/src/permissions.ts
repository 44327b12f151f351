import { createPermission } from '@backstage/plugin-permission-common';

/**
 * May read what runs, how it is and why: reports, metrics, objectives, alerts, events and logs.
 *
 * @remarks
 * Basic: the entity itself must be visible to the caller in the catalog as well.
 *
 * @public
 */
export const healthReadPermission = createPermission({
  name: 'health.read',
  attributes: { action: 'read' },
});

/**
 * May say that an alert of the entity is being looked at. For its owners and for operators.
 *
 * @public
 */
export const healthAlertAcknowledgePermission = createPermission({
  name: 'health.alert.acknowledge',
  attributes: { action: 'update' },
  resourceType: 'catalog-entity',
});

/**
 * Every permission of the health plugin.
 *
 * @public
 */
export const healthPermissions = [
  healthReadPermission,
  healthAlertAcknowledgePermission,
];
