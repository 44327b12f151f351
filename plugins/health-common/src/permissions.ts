import { createPermission } from '@backstage/plugin-permission-common';

/**
 * May read what runs, how it is and why: reports, events and logs.
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
 * Every permission of the health plugin.
 *
 * @public
 */
export const healthPermissions = [healthReadPermission];
