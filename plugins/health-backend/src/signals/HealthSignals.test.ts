import { component } from '../__testUtils__/entities';
import { startHealth } from '../__testUtils__/startHealth';
import { until } from '../__testUtils__/until';

let started: Awaited<ReturnType<typeof startHealth>>;

beforeEach(async () => {
  started = await startHealth({
    entities: [
      component('orders'),
      component('orders-too', {
        'backstage.io/kubernetes-label-selector':
          'backstage.io/kubernetes-id in (orders, other)',
      }),
      component('payments'),
      component('wrong', { 'backstage.io/kubernetes-label-selector': 'a b' }),
    ],
  });
});

afterEach(() => started.stop());

const ids = () => started.published.map(({ message }) => message.id);

it('tells everybody whose health changed: all entities the workload belongs to', async () => {
  started.fake.change('orders');
  await until(() => ids().length === 2);
  expect(started.published[0]).toMatchObject({
    recipients: { type: 'broadcast' },
    channel: 'health',
    message: { kind: 'entity', version: expect.any(Number) },
  });
  expect(ids().sort()).toEqual([
    'component:default/orders',
    'component:default/orders-too',
  ]);
});

it('tells of an entity at most twice a second, and of its last change', async () => {
  for (let i = 0; i < 50; i++) {
    started.fake.change('payments');
  }
  await until(() => ids().length === 2);
  const [first, last] = started.published.map(({ message }) => message);
  expect(first.id).toBe('component:default/payments');
  expect(Number(last.version) - Number(first.version)).toBeGreaterThanOrEqual(
    450,
  );
  started.fake.change('orders');
  await until(() => ids().length >= 4);
  expect(ids().filter(id => id === 'component:default/payments')).toHaveLength(
    2,
  );
});

it('tells of all entities when a cluster comes or goes', async () => {
  started.fake.change('local', { kind: 'Cluster', labels: {} });
  await until(() => ids().length === 3);
  expect(ids()).toContain('component:default/payments');
});

it('stays silent about workloads nobody owns', async () => {
  started.fake.change('nobody');
  started.fake.change('payments');
  await until(() => ids().length === 1);
  expect(ids()).toEqual(['component:default/payments']);
});
