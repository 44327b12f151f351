import { createClusters } from '../__testUtils__/createClusters';
import { FakeCluster, json } from '../__testUtils__/FakeCluster';
import type { Clusters } from '../service/Clusters';

let fake: FakeCluster;
let clusters: Clusters;

beforeEach(async () => {
  fake = await FakeCluster.start();
  clusters = createClusters({ local: fake.url });
});

afterEach(async () => {
  await clusters.stop();
  await fake.stop();
});

const event = (changes: object) => ({
  metadata: { creationTimestamp: '2026-03-01T12:00:00Z' },
  type: 'Warning',
  reason: 'BackOff',
  message: 'Back-off restarting failed container',
  count: 2,
  firstTimestamp: '2026-03-01T12:00:00Z',
  lastTimestamp: '2026-03-01T12:01:00Z',
  involvedObject: { kind: 'Pod', name: 'orders-1', uid: 'u1' },
  ...changes,
});

it('gives the events of the objects that were asked for: equal ones merged, newest first, of both sorts of time', async () => {
  fake.routes.set('/api/v1/namespaces/default/events', (_, response) =>
    json(response, 200, {
      metadata: {},
      items: [
        event({}),
        event({
          firstTimestamp: '2026-03-01T11:00:00Z',
          lastTimestamp: '2026-03-01T11:30:00Z',
          count: 3,
        }),
        event({
          reason: 'Of another',
          involvedObject: { kind: 'Pod', name: 'other' },
        }),
        event({
          reason: 'Of a former pod',
          involvedObject: { kind: 'Pod', name: 'orders-1', uid: 'u0' },
        }),
        event({
          type: 'Normal',
          reason: 'Scheduled',
          message: 'ok',
          count: undefined,
          firstTimestamp: null,
          lastTimestamp: null,
          eventTime: '2026-03-01T12:05:00.000000Z',
        }),
        'not an event',
      ],
    }),
  );
  const events = await clusters.events({
    environment: 'local',
    namespace: 'default',
    involved: [{ kind: 'Pod', name: 'orders-1', uid: 'u1' }],
  });
  expect(
    events.map(({ at, firstAt, reason, count }) => ({
      at,
      firstAt,
      reason,
      count,
    })),
  ).toEqual([
    {
      at: '2026-03-01T12:05:00.000000Z',
      firstAt: undefined,
      reason: 'Scheduled',
      count: 1,
    },
    {
      at: '2026-03-01T12:01:00Z',
      firstAt: '2026-03-01T11:00:00Z',
      reason: 'BackOff',
      count: 5,
    },
  ]);
});
