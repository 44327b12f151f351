import {
  AuthorizeResult,
  type Permission,
  type PermissionCondition,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';

/** Who asks: the person, and everything they own through. */
export interface Identity {
  userRef: string;
  /** The person and their groups, as entity refs. */
  claims: string[];
}

/** One sentence of the policy, for everybody who is no operator. */
export interface Rule {
  appliesTo(permission: Permission): boolean;
  decide(identity: Identity): PolicyDecision;
}

export const allow = (): PolicyDecision => ({ result: AuthorizeResult.ALLOW });
export const deny = (): PolicyDecision => ({ result: AuthorizeResult.DENY });

/**
 * Leaves the answer to the plugin that knows the resource. The condition is
 * written out rather than imported: its factory lives in that plugin's backend,
 * which only `packages/backend` may import.
 */
export function allowIf(
  pluginId: string,
  condition: PermissionCondition,
): PolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId,
    resourceType: condition.resourceType,
    conditions: condition,
  };
}
