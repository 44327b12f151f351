import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  ClustersService,
  MetricSource,
} from '@ghostlight/plugin-clusters-node';
import { component } from '../__testUtils__/entities';
import { FakeClusters } from '../__testUtils__/FakeClusters';
import { environmentOf, NOW, workloadOf } from '../__testUtils__/views';
import { Access } from '../service/Access';
import { NameSource } from '../service/NameSource';
import { TrafficSource } from '../service/TrafficSource';
import { SystemMaps } from './SystemMaps';
import { WorkloadOwners } from './WorkloadOwners';

const orders = 'component:default/orders';

it('leaves out callers that the caller may not see, and does not pass them for unknown', async () => {
  const fake = new FakeClusters();
  fake.found.set('orders', [environmentOf('local', [workloadOf()])]);
  const labels = { 'backstage.io/kubernetes-id': 'secret' };
  fake.objects.push({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'secret', labels },
    spec: { template: {} },
  });
  const clusters = fake as Partial<ClustersService> as ClustersService;
  // The catalog as this person sees it: without secret.
  const catalog = catalogServiceMock({
    entities: [
      component('orders'),
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'System',
        metadata: { name: 'shop', namespace: 'default' },
        relations: [{ type: 'hasPart', targetRef: orders }],
      },
    ],
  });
  const edge = (name: string | undefined, requestsPerSecond: number) => ({
    from: name === undefined ? undefined : { namespace: 'default', name },
    to: { namespace: 'default', name: 'orders' },
    requestsPerSecond,
    errorRatio: 0,
    seenAt: NOW.toISOString(),
  });
  const source: Partial<MetricSource> = {
    traffic: async () => ({
      edges: [edge('secret', 5), edge(undefined, 1)],
      notes: [],
    }),
    overview: async () => ({ workloads: [], notes: [] }),
  };
  const metrics = { of: () => source as MetricSource };
  const now = () => NOW;
  const owned: string[] = [];
  const maps = new SystemMaps({
    access: new Access({ permissions: mockServices.permissions(), catalog }),
    clusters,
    metrics,
    traffic: new TrafficSource(metrics, now),
    alerts: { of: async () => new Map() },
    owners: new WorkloadOwners({
      clusters,
      index: {
        owners: async change => {
          owned.push(change.labels['backstage.io/kubernetes-id']);
          return ['component:default/secret'];
        },
      },
      now,
    }),
    names: new NameSource(catalog),
    now,
  });

  const map = await maps.map(
    'system:default/shop',
    { environment: 'local', window: 'PT5M' },
    { credentials: mockCredentials.user() },
  );
  expect(owned).toEqual(['secret']);
  expect(map.nodes.map(({ id }) => id)).toEqual([orders, 'unknown']);
  expect(map.edges).toEqual([
    expect.objectContaining({ from: 'unknown', requestsPerSecond: 1 }),
  ]);
  expect(JSON.stringify(map)).not.toContain('secret');
});
