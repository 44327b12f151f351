import { isResourcePermission } from '@backstage/plugin-permission-common';
import { allowIf, type Rule } from './rule';

/** Owners push to, merge into and delete their own repositories. */
export const ownRepositories: Rule = {
  appliesTo: permission => isResourcePermission(permission, 'forge-repository'),
  decide: ({ claims }) =>
    allowIf('forge', {
      resourceType: 'forge-repository',
      rule: 'IS_OWNED_BY',
      params: { claims },
    }),
};
