import { isResourcePermission } from '@backstage/plugin-permission-common';
import { allowIf, type Rule } from './rule';

/** Owners change, deploy and remove their own entities, and acknowledge their alerts. */
export const ownEntities: Rule = {
  appliesTo: permission => isResourcePermission(permission, 'catalog-entity'),
  decide: ({ claims }) =>
    allowIf('catalog', {
      resourceType: 'catalog-entity',
      rule: 'IS_ENTITY_OWNER',
      params: { claims },
    }),
};
