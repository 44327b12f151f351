import { allow, type Rule } from './rule';

/** Everybody who is signed in reads everything. */
export const reading: Rule = {
  appliesTo: permission => permission.attributes.action === 'read',
  decide: allow,
};
