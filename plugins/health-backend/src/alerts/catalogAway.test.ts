import { mockServices } from '@backstage/backend-test-utils';
import { createEvaluator, FakeWorld } from '../__testUtils__/createEvaluator';
import { FakeMetrics } from '../__testUtils__/FakeMetrics';
import { testDatabase } from '../__testUtils__/testDatabase';
import { openHealthDatabase } from '../database/HealthDatabase';

jest.setTimeout(60_000);

const FILE = `alerts:
  - { name: errors, metric: errors, above: 5 %, for: 2m, severity: critical }
`;

it('goes on with the components known last while the catalog does not answer', async () => {
  const { knex } = await testDatabase();
  await openHealthDatabase(
    mockServices.database.mock({ getClient: async () => knex }),
  );
  await testDatabase();
  let nowMs = Date.parse('2026-11-21T12:00:00Z');
  const world = new FakeWorld(['orders'], FILE);
  const metrics = new FakeMetrics();
  const logger = mockServices.logger.mock();
  const send = jest.fn(async () => {});
  const replica = () =>
    createEvaluator({
      knex,
      world,
      metrics,
      now: () => new Date(nowMs),
      logger,
      notifications: { send },
    }).evaluator;
  /** Looks again and again while time goes on. */
  const pass = async (
    evaluator: ReturnType<typeof replica>,
    seconds: number,
  ) => {
    for (let at = 0; at < seconds; at += 15) {
      nowMs += 15_000;
      await evaluator.evaluateDue();
    }
  };

  const evaluator = replica();
  await pass(evaluator, 60);
  world.catalogDown = true;
  logger.warn.mockClear();
  metrics.errorRatio = 0.1;
  await pass(evaluator, 150);
  expect(await knex('alerts')).toMatchObject([{ state: 'firing' }]);
  expect(send).toHaveBeenCalledTimes(1);
  expect(logger.warn.mock.calls).toEqual([
    [
      'Alerts go on with the components known last, for the catalog does not tell them: Error: connect ECONNREFUSED',
    ],
  ]);
  // One that starts now knows no components: it takes none, but tells owners who are still to be told.
  await knex('alerts').update({ notify_at: knex.raw('now()') });
  const leases = await knex('alert_leases');
  await pass(replica(), 15);
  expect(await knex('alert_leases')).toEqual(leases);
  expect(await knex('alerts')).toMatchObject([{ state: 'firing' }]);
  expect(send).toHaveBeenCalledTimes(2);
});
