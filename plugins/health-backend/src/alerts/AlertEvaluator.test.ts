import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mockServices } from '@backstage/backend-test-utils';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Knex } from 'knex';
import { createEvaluator, FakeWorld } from '../__testUtils__/createEvaluator';
import { FakeMetrics } from '../__testUtils__/FakeMetrics';
import { testDatabase } from '../__testUtils__/testDatabase';
import { until } from '../__testUtils__/until';
import type { AlertRow } from '../database/alertRows';
import { openHealthDatabase } from '../database/HealthDatabase';

jest.setTimeout(60_000);

const FILE = `alerts:
  - { name: errors, metric: errors, above: 5 %, for: 2m, severity: critical }
`;
const WITH_SLO = `slos:
  - { name: availability, kind: availability, objective: 99 %, window: 30d }
`;
const ORDERS = 'component:default/orders';

let knex: Knex;
let nowMs: number;
let world: FakeWorld;
let metrics: FakeMetrics;
const sent: Array<Parameters<NotificationService['send']>[0]> = [];
const now = () => new Date(nowMs);
const logger = mockServices.logger.mock();

beforeEach(async () => {
  ({ knex } = await testDatabase());
  await openHealthDatabase(
    mockServices.database.mock({ getClient: async () => knex }),
  );
  await testDatabase();
  nowMs = Date.parse('2026-11-21T12:00:00Z');
  world = new FakeWorld(['orders'], FILE);
  metrics = new FakeMetrics();
  sent.length = 0;
});

const replica = (changes: { leaseMs?: number } = {}) =>
  createEvaluator({
    knex,
    world,
    metrics,
    now,
    logger,
    notifications: {
      send: async notification => {
        sent.push(notification);
      },
    },
    ...changes,
  });

const rows = () => knex<AlertRow>('alerts').orderBy('started_at');

/** Looks again and again while time goes on. */
async function pass(
  evaluator: { evaluateDue(): Promise<void> },
  seconds: number,
  stepSeconds = 15,
) {
  for (let at = 0; at < seconds; at += stepSeconds) {
    nowMs += stepSeconds * 1_000;
    await evaluator.evaluateDue();
  }
}

it('fires after the threshold was crossed for long enough, tells its owners once, and ends by itself', async () => {
  const { evaluator, alerts, signalled } = replica();
  await pass(evaluator, 60);
  metrics.errorRatio = 0.1;
  await pass(evaluator, 120);
  expect(await rows()).toEqual([]);
  await pass(evaluator, 15);
  const list = await alerts.list(
    { entityRefs: [ORDERS] },
    { page: 1, pageSize: 10 },
  );
  expect(list.items).toMatchObject([
    {
      state: 'firing',
      severity: 'critical',
      environment: 'local',
      value: 0.1,
      threshold: 0.05,
      summary: 'errors are 10 %, above 5 %',
    },
  ]);
  expect(signalled).toHaveLength(1);
  await pass(evaluator, 60);
  expect(signalled).toHaveLength(1);
  expect(sent).toMatchObject([
    {
      recipients: { type: 'entity', entityRef: ORDERS },
      payload: {
        title: 'orders in local: errors',
        severity: 'critical',
        link: '/catalog/default/component/orders/health?environment=local',
      },
    },
  ]);
  const [{ payload: began }] = sent.splice(0);

  metrics.errorRatio = 0.01;
  await pass(evaluator, 120);
  expect(await rows()).toMatchObject([{ state: 'firing' }]);
  await pass(evaluator, 15);
  expect(await rows()).toMatchObject([{ state: 'resolved', resolution: null }]);
  expect(signalled).toHaveLength(2);
  await pass(evaluator, 60);
  // The same notification says that it has ended.
  expect(sent).toEqual([
    {
      recipients: { type: 'entity', entityRef: ORDERS },
      payload: {
        ...began,
        title: 'orders in local: errors has ended',
        description: 'It lasted 3 min: errors were above 5 %, at worst 10 %.',
        severity: 'low',
      },
    },
  ]);
});

it('tells nobody of the end of what nobody was told of', async () => {
  world.file = FILE.replace('critical', 'warning');
  const { evaluator } = replica();
  metrics.errorRatio = 0.1;
  await pass(evaluator, 150);
  metrics.errorRatio = 0;
  await pass(evaluator, 180);
  expect(await rows()).toMatchObject([{ state: 'resolved' }]);
  expect(sent).toEqual([]);
});

it('tells of an end that came while the begin was being told', async () => {
  const { evaluator, alerts } = replica();
  metrics.errorRatio = 0.1;
  await pass(evaluator, 150);
  const [{ id }] = await rows();
  await knex('alerts').update({ notified_at: null });
  metrics.errorRatio = 0;
  await pass(evaluator, 180);
  sent.length = 0;
  await alerts.notified({ id, state: 'firing' });
  await evaluator.evaluateDue();
  expect(sent).toMatchObject([{ payload: { severity: 'low' } }]);
});

it('is one alert while the value swings around its threshold', async () => {
  const { evaluator } = replica();
  metrics.errorRatio = 0.1;
  await pass(evaluator, 150);
  for (let swing = 0; swing < 10; swing++) {
    metrics.errorRatio = swing % 2 ? 0.1 : 0;
    await pass(evaluator, 45);
  }
  expect(await rows()).toMatchObject([{ state: 'firing' }]);
});

it('keeps what fires while nothing is known, says since when, and starts nothing meanwhile', async () => {
  const { evaluator, alerts } = replica();
  metrics.errorRatio = 0.1;
  await pass(evaluator, 150);
  const lastSeenAt = new Date(nowMs).toISOString();
  metrics.failure = new Error('The Prometheus of local did not answer');
  metrics.errorRatio = 0;
  await pass(evaluator, 600);
  const [alert] = (
    await alerts.list({ entityRefs: [ORDERS] }, { page: 1, pageSize: 10 })
  ).items;
  expect(alert).toMatchObject({
    state: 'firing',
    lastSeenAt,
    summary: 'errors were 10 %, above 5 %; not known since 12:02 UTC',
  });
  // Known and right again: it ends after as long as it takes, from then on.
  metrics.failure = undefined;
  await pass(evaluator, 120);
  expect(await rows()).toMatchObject([{ state: 'firing' }]);
  await pass(evaluator, 30);
  expect(await rows()).toMatchObject([{ state: 'resolved' }]);

  metrics.silent = true;
  metrics.errorRatio = 1;
  await pass(evaluator, 600);
  expect(await rows()).toHaveLength(1);
});

it('ends with its reason when its threshold is removed, but not when it cannot be read', async () => {
  const { evaluator } = replica();
  metrics.errorRatio = 0.1;
  await pass(evaluator, 150);
  world.unreadable = true;
  await pass(evaluator, 30);
  world.unreadable = false;
  world.file = FILE.replace('5 %', 'five');
  await pass(evaluator, 30);
  world.file = `${FILE}  - { name: [\n`;
  await pass(evaluator, 30);
  expect(await rows()).toMatchObject([{ state: 'firing' }]);
  world.file = WITH_SLO.replace('99 %', '50 %');
  await pass(evaluator, 15);
  expect(await rows()).toMatchObject([
    {
      state: 'resolved',
      resolution: 'its threshold was removed from ghostlight.yaml',
    },
  ]);
});

it.each<[string, () => void, RegExp]>([
  [
    'nothing runs there any more',
    () => (world.runs = false),
    /nothing of it runs in local/,
  ],
  [
    'the component is gone',
    () => (world.entities = []),
    /no longer in the catalog/,
  ],
])('ends when %s', async (_, change, resolution) => {
  const { evaluator } = replica();
  metrics.errorRatio = 0.1;
  await pass(evaluator, 150);
  change();
  await pass(evaluator, 15);
  expect(await rows()).toMatchObject([
    { state: 'resolved', resolution: expect.stringMatching(resolution) },
  ]);
  expect(await knex('alert_conditions')).toEqual([]);
});

it('fires for each objective whose budget burns too fast', async () => {
  world.file = WITH_SLO;
  const { evaluator, alerts } = replica();
  metrics.errorRatio = 0.2;
  await pass(evaluator, 15);
  const [alert] = (
    await alerts.list({ entityRefs: [ORDERS] }, { page: 1, pageSize: 10 })
  ).items;
  expect(alert).toMatchObject({
    name: 'availability',
    kind: 'burn-rate',
    severity: 'critical',
    threshold: 14.4,
    summary: expect.stringMatching(
      /^the budget of availability burns 20 x, above 14\.4 x$/,
    ),
  });
  metrics.errorRatio = 0;
  await pass(evaluator, 900);
  expect(await rows()).toMatchObject([{ state: 'resolved' }]);
});

it('does not lose an alert when its owners cannot be notified, and tries again', async () => {
  let failing = true;
  const { evaluator } = createEvaluator({
    knex,
    world,
    metrics,
    now,
    logger,
    notifications: {
      send: async notification => {
        if (failing) {
          throw new Error('no notifications today');
        }
        sent.push(notification);
      },
    },
  });
  metrics.errorRatio = 0.1;
  await pass(evaluator, 150);
  expect(await rows()).toMatchObject([{ state: 'firing' }]);
  failing = false;
  await pass(evaluator, 30);
  expect(sent).toEqual([]);
  // A minute later, by the clock of the database.
  await knex('alerts').update({ notify_at: knex.raw('now()') });
  await pass(evaluator, 30);
  expect(sent).toHaveLength(1);
});

it('evaluates a component in one replica at a time', async () => {
  world = new FakeWorld(['orders', 'payments', 'web'], FILE);
  metrics.errorRatio = 0.1;
  const busy = new Set<string>();
  let most = 0;
  let looks = 0;
  world.beforeObserve = async ({ metadata: { name } }) => {
    expect(busy.has(name)).toBe(false);
    busy.add(name);
    most = Math.max(most, busy.size);
    looks += 1;
    await new Promise(setImmediate);
    busy.delete(name);
  };
  const replicas = [replica(), replica(), replica()];
  for (let at = 0; at < 12; at++) {
    nowMs += 15_000;
    await Promise.all(replicas.map(({ evaluator }) => evaluator.evaluateDue()));
  }
  expect(looks).toBeGreaterThanOrEqual(12 * 3);
  expect(await rows()).toHaveLength(3);
});

it('goes on in another replica when one is killed mid-way: none lost, none twice', async () => {
  const { client, connection } = knex.client.config;
  const child = spawn(
    process.execPath,
    [
      '-r',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      join(__dirname, '../__testUtils__/hangingEvaluator.ts'),
    ],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_ENV: 'development' },
    },
  );
  child.stdin.end(
    JSON.stringify({
      client,
      // Not enumerable, so that it is not printed by accident.
      connection: { ...connection, password: connection.password },
      leaseMs: 2_000,
      file: FILE,
    }),
  );
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit'),
  ]);
  expect(line).toBe('looking at orders');
  metrics.errorRatio = 0.1;
  const { evaluator } = replica();
  await pass(evaluator, 60);
  // The other replica holds it.
  expect(metrics.asked).toBe(0);
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  await until(async () => {
    await pass(evaluator, 15);
    return (await rows()).length > 0;
  }, 20_000);
  await pass(evaluator, 60);
  expect(await rows()).toMatchObject([{ state: 'firing', entity_ref: ORDERS }]);
  expect(sent).toHaveLength(1);
});

it('writes nothing for a replica that lost its lease while it was away', async () => {
  metrics.errorRatio = 0.1;
  const eager = replica();
  await pass(eager.evaluator, 120);
  let wake = () => {};
  const asleep = new Promise<void>(resolve => {
    wake = resolve;
  });
  let looks = 0;
  world.beforeObserve = async () => {
    looks += 1;
    if (looks === 1) {
      await asleep;
    }
  };
  nowMs += 30_000;
  const slow = replica({ leaseMs: 1 });
  const sleeping = slow.evaluator.evaluateDue();
  await until(() => looks === 1);
  await until(async () => {
    await eager.evaluator.evaluateDue();
    return (await rows()).length === 1;
  });
  wake();
  await sleeping;
  expect(await rows()).toHaveLength(1);
  expect(slow.signalled).toEqual([]);
});
