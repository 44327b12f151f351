import { deny, type Rule } from './rule';

/**
 * Production is for operators, whoever owns the component: any permission with
 * `production` in its name (`delivery.deploy.production`).
 */
export const production: Rule = {
  appliesTo: permission => permission.name.split('.').includes('production'),
  decide: deny,
};
