import { allow, type Rule } from './rule';

/**
 * Everybody may begin something of their own. Registering an arbitrary location
 * is not among it: what it brings in may name any owner.
 */
const permissions = new Set([
  'catalog.entity.create',
  'catalog.entity.validate',
  'forge.repository.create',
  'scaffolder.action.execute',
  'scaffolder.task.create',
  'scaffolder.template.dry-run',
  // Guards the template editor, which only ever runs dry.
  'scaffolder.template.management',
]);

export const creating: Rule = {
  appliesTo: permission => permissions.has(permission.name),
  decide: allow,
};
