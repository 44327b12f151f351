import {
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  signalsServiceRef,
  type SignalsService,
} from '@backstage/plugin-signals-node';
import {
  clustersServiceRef,
  type ClustersService,
} from '@ghostlight/plugin-clusters-node';
import { healthPlugin } from '../plugin';
import { clientOf } from './clientOf';
import { component, user } from './entities';
import { FakeClusters } from './FakeClusters';
import { testDatabase } from './testDatabase';
import { environmentOf, podOf, workloadOf } from './views';

/** The plugin in a backend, with clusters in memory in which `orders` runs with one replica. */
export async function startHealth(
  options: { entities?: Entity[]; features?: BackendFeature[] } = {},
) {
  const fake = new FakeClusters();
  fake.podLogs.add('orders-1');
  fake.found.set('orders', [
    environmentOf('local', [
      workloadOf({
        desired: 1,
        ready: 1,
        updated: 1,
        available: 1,
        pods: [podOf('orders-1')],
      }),
    ]),
  ]);
  // The part of the clusters that health does not use is not there.
  const clusters = fake as Partial<ClustersService> as ClustersService;
  const published: Array<Parameters<SignalsService['publish']>[0]> = [];
  const { knex, feature: database } = await testDatabase();
  const backend = await startTestBackend({
    features: [
      healthPlugin,
      catalogServiceMock.factory({
        entities: options.entities ?? [
          component('orders'),
          component('plain', {}),
          user('maya', 'Maya'),
        ],
      }),
      createServiceFactory({
        service: clustersServiceRef,
        deps: {},
        factory: () => clusters,
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({
          async publish(signal) {
            published.push(signal);
          },
        }),
      }),
      mockServices.events.factory(),
      database,
      ...(options.features ?? []),
    ],
  });
  const port = backend.server.port();
  return {
    fake,
    knex,
    published,
    port,
    health: clientOf(port),
    url: `http://localhost:${port}/api/health`,
    stop: () => backend.stop(),
  };
}
