import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { component } from '../__testUtils__/entities';
import { WatchedEntities } from './WatchedEntities';

const ORDERS = 'component:default/orders';

it('keeps the list while the catalog fails, and calls nothing gone meanwhile', async () => {
  let nowMs = Date.parse('2026-11-21T12:00:00Z');
  const catalog = catalogServiceMock.mock({
    queryEntities: async () => ({
      items: [component('orders')],
      totalItems: 1,
      pageInfo: {},
    }),
  });
  const entities = new WatchedEntities({
    catalog,
    auth: mockServices.auth(),
    now: () => new Date(nowMs),
  });
  expect(entities.isComplete).toBe(false);
  expect(await entities.refresh()).toEqual([ORDERS]);
  expect(entities.isComplete).toBe(true);

  nowMs += 60_000;
  catalog.queryEntities.mockRejectedValueOnce(new Error('ECONNREFUSED'));
  await expect(entities.refresh()).rejects.toThrow('ECONNREFUSED');
  expect(entities.get(ORDERS)).toBeDefined();
  expect(entities.isComplete).toBe(false);
  // It is not asked with every look.
  expect(await entities.refresh()).toBeUndefined();
  nowMs += 5_000;
  expect(await entities.refresh()).toEqual([ORDERS]);
  expect(entities.isComplete).toBe(true);
});

it('waits for a catalog that hangs no longer than it must', async () => {
  const hangs = catalogServiceMock.mock({
    queryEntities: () => new Promise(() => {}),
  });
  const entities = new WatchedEntities({
    catalog: hangs,
    auth: mockServices.auth(),
    now: () => new Date(),
  });
  jest.useFakeTimers();
  try {
    const asked = Promise.allSettled([entities.refresh()]);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(await asked).toMatchObject([
      { reason: { message: 'The catalog did not answer within 5 s' } },
    ]);
  } finally {
    jest.useRealTimers();
  }
});
