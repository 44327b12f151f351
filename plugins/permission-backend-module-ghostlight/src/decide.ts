import {
  AuthorizeResult,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { rules, type Identity } from './rules';

/** What the policy is told by `ghostlight:` in the configuration. */
export interface PolicyConfig {
  /** Entity refs of the groups and people who act everywhere. */
  operators: ReadonlySet<string>;
}

/**
 * May `identity` use `permission`? The first rule that applies decides; what
 * no rule knows is denied, so a new permission is closed until somebody
 * thought about it.
 */
export function decide(
  permission: Permission,
  identity: Identity | undefined,
  config: PolicyConfig,
): PolicyDecision {
  if (!identity) {
    return { result: AuthorizeResult.DENY };
  }
  if (identity.claims.some(claim => config.operators.has(claim))) {
    return { result: AuthorizeResult.ALLOW };
  }
  const rule = rules.find(candidate => candidate.appliesTo(permission));
  return rule ? rule.decide(identity) : { result: AuthorizeResult.DENY };
}
