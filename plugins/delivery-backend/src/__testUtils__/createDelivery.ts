import { randomUUID } from 'node:crypto';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizePermissionRequest,
  AuthorizeResult,
} from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { Deployment } from '@ghostlight/plugin-delivery-common';
import { ClaimStore } from '../database/ClaimStore';
import { DeploymentStore } from '../database/DeploymentStore';
import { LogStore } from '../database/LogStore';
import { ImportService } from '../importing/ImportService';
import { Access } from '../service/Access';
import { DeliveryService } from '../service/DeliveryService';
import { DeploymentWorker } from '../service/DeploymentWorker';
import { Builder, Source } from '../service/ports';
import { PushDeployer } from '../service/PushDeployer';
import { RemovalService } from '../service/RemovalService';
import { FakeCluster } from './FakeCluster';
import { FakeForge } from './FakeForge';

/** Owner of orders, owner of nothing here, operator; anybody else is a guest. */
export const MAYA = 'user:default/maya';
export const ELIAS = 'user:default/elias';
export const SAM = 'user:default/sam';

export const ORDERS: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    annotations: { 'ghostlight.dev/repository': 'orders' },
  },
};

/** Decides as the policy of the portal does: operators everything, Maya what is about orders below production. */
function decide(
  user: string | undefined,
  { permission, resourceRef }: AuthorizePermissionRequest,
  known: ReadonlySet<string>,
): boolean {
  if (permission.name === 'catalog.entity.read') {
    return user !== undefined;
  }
  if (user === SAM) {
    return true;
  }
  if (permission.name === 'delivery.deploy') {
    return user === MAYA && known.has(resourceRef ?? '');
  }
  return (
    permission.name === 'forge.repository.write' &&
    user === MAYA &&
    resourceRef === 'orders'
  );
}

/** Everything of Delivery but HTTP, over a real database and a cluster, builder and forge that tests look into. */
export async function createDelivery(
  databases: TestDatabases,
  options: {
    entities?: Entity[];
    leaseMs?: number;
    config?: JsonObject;
    /** Instead of the forge that tests fill. */
    source?: Source;
  } = {},
) {
  const knex = await databases.init('POSTGRES_18');
  const deployments = await DeploymentStore.create(
    mockServices.database.mock({ getClient: async () => knex }),
  );
  const logs = new LogStore(knex);
  const cluster = new FakeCluster();
  const forge = new FakeForge();
  const builds: string[] = [];
  const changes: Deployment[] = [];
  const audit: string[] = [];
  const builder: { build: Builder['build'] } = {
    build: async (_, { name, sha, onLog }) => {
      builds.push(`${name}@${sha}`);
      onLog?.(`building ${name}`);
      return { image: `${name}:${sha.slice(0, 12)}`, cached: false };
    },
  };
  const auth = mockServices.auth();
  const entities = options.entities ?? [ORDERS];
  const known = new Set(
    entities.map(each => `component:default/${each.metadata.name}`),
  );
  const permissions = mockServices.permissions.mock({
    authorize: async (requests, { credentials }) =>
      requests.map(request => ({
        result: decide(
          auth.isPrincipal(credentials, 'user')
            ? credentials.principal.userEntityRef
            : undefined,
          request,
          known,
        )
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
      })),
  });
  const integrations = ScmIntegrations.fromConfig(
    mockServices.rootConfig({ data: options.config }),
  );
  const access = new Access({
    auth,
    integrations,
    permissions,
    catalog: catalogServiceMock({ entities }),
  });
  const workers: DeploymentWorker[] = [];
  const leaseMs = options.leaseMs ?? 5_000;
  const claimsOf = (owner: string) => new ClaimStore(knex, { owner, leaseMs });
  const startWorker = () => {
    const worker = new DeploymentWorker({
      claims: claimsOf(randomUUID()),
      cluster,
      builder,
      source: options.source ?? forge,
      logs,
      logger: mockServices.logger.mock(),
      times: {
        buildTimeoutMs: 5_000,
        rolloutTimeoutMs: 5_000,
        unavailableMs: 2_000,
      },
      pause: (_, signal) => pauseFor(5, undefined, { signal }),
      renewEveryMs: 50,
      pollEveryMs: 50,
      onChange: deployment => changes.push(deployment),
    });
    workers.push(worker);
    worker.start();
    return worker;
  };
  const auditor = mockServices.auditor.mock({
    createEvent: async event => {
      audit.push(event.eventId);
      return { success: async () => {}, fail: async () => {} };
    },
  });
  const shared = {
    access,
    auditor,
    cluster,
    deployments,
    source: options.source ?? forge,
    onChange: (changed: readonly Deployment[]) => {
      changes.push(...changed);
      workers.forEach(worker => worker.nudge(changed.map(({ id }) => id)));
    },
  };
  return {
    ...shared,
    knex,
    logs,
    forge,
    builder,
    builds,
    changes,
    audit,
    integrations,
    claimsOf,
    startWorker,
    delivery: new DeliveryService({ ...shared, logs }),
    imports: new ImportService({
      access,
      cluster,
      sourceFor: () => shared.source,
    }),
    removal: new RemovalService({ ...shared, pause: () => pauseFor(10) }),
    pushes: new PushDeployer({
      ...shared,
      logger: mockServices.logger.mock(),
      pause: () => pauseFor(5),
    }),
    stop: () => Promise.all(workers.map(worker => worker.stop())),
    /** Resolves with the deployment once it satisfies the condition. */
    async until(
      id: string,
      condition: (deployment: Deployment) => boolean,
    ): Promise<Deployment> {
      for (;;) {
        const found = await deployments.get(id);
        if (found && condition(found)) {
          return found;
        }
        await pauseFor(10);
      }
    },
    async linesOf(id: string): Promise<string[]> {
      return (await logs.read(id, 0, 10_000)).map(each => each.line);
    },
  };
}
