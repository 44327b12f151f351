import { isResourcePermission } from '@backstage/plugin-permission-common';
import { allowIf, type Rule } from './rule';

/** A template's task holds what its author typed: theirs to read and cancel. */
export const ownTasks: Rule = {
  appliesTo: permission => isResourcePermission(permission, 'scaffolder-task'),
  decide: ({ userRef }) =>
    allowIf('scaffolder', {
      resourceType: 'scaffolder-task',
      rule: 'IS_TASK_OWNER',
      params: { createdBy: [userRef] },
    }),
};
