import { catalogPermissions } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  createPermission,
  isResourcePermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import { scaffolderPermissions } from '@backstage/plugin-scaffolder-common/alpha';
import { deliveryPermissions } from '@ghostlight/plugin-delivery-common';
import { forgePermissions } from '@ghostlight/plugin-forge-common';
import { healthPermissions } from '@ghostlight/plugin-health-common';
import { decide } from './decide';

const maya = {
  userRef: 'user:default/maya',
  claims: ['user:default/maya', 'group:default/team-checkout'],
};
const sam = {
  userRef: 'user:default/sam',
  claims: ['user:default/sam', 'group:default/platform'],
};
const config = { operators: new Set(['group:default/platform']) };

const all: Permission[] = [
  ...catalogPermissions,
  ...scaffolderPermissions,
  ...deliveryPermissions,
  ...forgePermissions,
  ...healthPermissions,
];

/** Permission names by what a person who is no operator gets. */
function outcomes(identity: typeof maya | undefined) {
  const result: Record<string, string[]> = {};
  for (const permission of all) {
    const decision = decide(permission, identity, config);
    (result[decision.result] ??= []).push(permission.name);
  }
  return result;
}

describe('decide', () => {
  it('denies everything to those who are not signed in', () => {
    expect(outcomes(undefined)).toEqual({
      DENY: all.map(({ name }) => name),
    });
  });

  it('allows operators everything, production included', () => {
    expect(outcomes(sam)).toEqual({ ALLOW: all.map(({ name }) => name) });
  });

  it('counts a person who is named as an operator', () => {
    const named = { operators: new Set(['user:default/maya']) };
    const [permission] = deliveryPermissions;
    expect(decide(permission, maya, named).result).toBe(AuthorizeResult.ALLOW);
  });

  it('lets everybody read and begin something, and owners change their own', () => {
    const { ALLOW, DENY, CONDITIONAL } = outcomes(maya);
    expect([...ALLOW].sort()).toEqual([
      'catalog.entity.create',
      'catalog.entity.read',
      'catalog.entity.validate',
      'catalog.ingestion.read',
      'catalog.location.read',
      'forge.repository.create',
      'forge.repository.read',
      'health.read',
      'scaffolder.action.execute',
      'scaffolder.task.create',
      'scaffolder.template.dry-run',
      'scaffolder.template.management',
      'scaffolder.template.parameter.read',
      'scaffolder.template.step.read',
    ]);
    expect([...CONDITIONAL].sort()).toEqual([
      'catalog.entity.delete',
      'catalog.entity.refresh',
      'delivery.deploy',
      'forge.repository.delete',
      'forge.repository.write',
      'health.alert.acknowledge',
      'scaffolder.task.cancel',
      'scaffolder.task.read',
    ]);
    expect([...DENY].sort()).toEqual([
      'catalog.ingestion.manage',
      'catalog.location.analyze',
      'catalog.location.create',
      'catalog.location.delete',
      'delivery.deploy.production',
    ]);
  });

  it('asks the plugin of the resource whether it is owned by the person or their teams', () => {
    const decisions = Object.fromEntries(
      all.flatMap(permission => {
        const decision = decide(permission, maya, config);
        return decision.result === AuthorizeResult.CONDITIONAL
          ? [[permission.name, decision]]
          : [];
      }),
    );
    expect(decisions['catalog.entity.delete']).toMatchObject({
      pluginId: 'catalog',
      resourceType: 'catalog-entity',
      conditions: { rule: 'IS_ENTITY_OWNER', params: { claims: maya.claims } },
    });
    expect(decisions['health.alert.acknowledge']).toMatchObject({
      pluginId: 'catalog',
      resourceType: 'catalog-entity',
      conditions: { rule: 'IS_ENTITY_OWNER', params: { claims: maya.claims } },
    });
    expect(decisions['forge.repository.write']).toMatchObject({
      pluginId: 'forge',
      resourceType: 'forge-repository',
      conditions: { rule: 'IS_OWNED_BY', params: { claims: maya.claims } },
    });
    expect(decisions['scaffolder.task.read']).toMatchObject({
      pluginId: 'scaffolder',
      resourceType: 'scaffolder-task',
      conditions: {
        rule: 'IS_TASK_OWNER',
        params: { createdBy: [maya.userRef] },
      },
    });
  });

  it('names the resource type that the permission has in every condition', () => {
    const mismatched = all.filter(permission => {
      const decision = decide(permission, maya, config);
      return (
        decision.result === AuthorizeResult.CONDITIONAL &&
        !isResourcePermission(permission, decision.resourceType)
      );
    });
    expect(mismatched).toEqual([]);
  });

  it('is closed to a permission it was never told about', () => {
    const update = createPermission({
      name: 'budget.change',
      attributes: { action: 'update' },
    });
    expect(decide(update, maya, config).result).toBe(AuthorizeResult.DENY);
  });
});
