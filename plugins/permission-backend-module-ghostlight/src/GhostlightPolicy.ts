import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { decide, type PolicyConfig } from './decide';

const OPERATORS = 'ghostlight.operators';

function readOperator(value: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(value, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    throw new InputError(
      `${OPERATORS} names '${value}', which is no entity ref: write it as group:default/platform`,
    );
  }
}

/** Everybody reads; owners act on their own below production; operators act everywhere. */
export class GhostlightPolicy implements PermissionPolicy {
  static fromConfig(config: Config): GhostlightPolicy {
    const operators = config.getOptionalStringArray(OPERATORS) ?? [];
    return new GhostlightPolicy({
      operators: new Set(operators.map(readOperator)),
    });
  }

  private constructor(private readonly config: PolicyConfig) {}

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    return decide(
      permission,
      user && {
        userRef: user.info.userEntityRef,
        claims: user.info.ownershipEntityRefs,
      },
      this.config,
    );
  }
}
