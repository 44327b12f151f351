import { FiringAlerts } from './FiringAlerts';

const ORDERS = 'component:default/orders';

it('asks once for all, and gives names by entity and environment', async () => {
  const asked: string[][] = [];
  const firing = new FiringAlerts({
    firing: async refs => {
      asked.push(refs);
      return ['errors', 'slow'].map(name => ({
        entityRef: ORDERS,
        environment: 'local',
        name,
      }));
    },
  });
  const refs = [ORDERS, 'component:default/web'];
  expect(await firing.of(refs)).toEqual(
    new Map([[ORDERS, new Map([['local', ['errors', 'slow']]])]]),
  );
  expect(asked).toEqual([refs]);
});

it.each<[string, () => Promise<never>]>([
  ['fails', () => Promise.reject(new Error('no connection'))],
  ['hangs', () => new Promise(() => {})],
])('is left out when the database %s', async (_, firing) => {
  expect(await new FiringAlerts({ firing }).of([ORDERS])).toEqual(new Map());
});
