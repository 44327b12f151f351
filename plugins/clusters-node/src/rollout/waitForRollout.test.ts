import { createClusters } from '../__testUtils__/createClusters';
import { FakeCluster, json, status } from '../__testUtils__/FakeCluster';
import {
  deployment,
  DEPLOYMENTS,
  pod,
  PODS,
  replicaSet,
  REPLICA_SETS,
  unready,
} from '../__testUtils__/objects';
import { until } from '../__testUtils__/until';
import type { Clusters } from '../service/Clusters';

const orders = {
  environment: 'local',
  namespace: 'default',
  kind: 'Deployment',
  name: 'orders',
} as const;
const POD = 'orders-7d4f9c6b5-x2k4p';

let fake: FakeCluster;
let clusters: Clusters;

beforeEach(async () => {
  fake = await FakeCluster.start();
  fake.routes.set('/apis/apps/v1', (_, response) =>
    json(response, 200, {
      resources: [
        { name: 'deployments', kind: 'Deployment', namespaced: true },
      ],
    }),
  );
  fake.routes.set('/api/v1', (_, response) =>
    json(response, 200, {
      resources: [{ name: 'pods', kind: 'Pod', namespaced: true }],
    }),
  );
  clusters = createClusters({ local: fake.url });
});

afterEach(async () => {
  await clusters.stop();
  await fake.stop();
});

/** What the cluster answers when asked for the deployment itself. */
function serve(object: ReturnType<typeof deployment>) {
  fake.routes.set(
    '/apis/apps/v1/namespaces/default/deployments/orders',
    (_, response) => json(response, 200, object),
  );
}

const starting = deployment('orders', {
  status: { readyReplicas: 0, availableReplicas: 0 },
});

describe('waitForRollout', () => {
  it('resolves when the new revision is ready, and tells how far it is on the way', async () => {
    serve(starting);
    fake.put(DEPLOYMENTS, starting);
    fake.put(REPLICA_SETS, replicaSet());
    fake.put(PODS, pod(POD, { status: { conditions: unready } }));
    const messages: string[] = [];
    const rollout = clusters.waitForRollout(orders, {
      timeoutMs: 5_000,
      onProgress: ({ message }) => messages.push(message),
    });
    await until(() =>
      messages.some(each => each.startsWith('1 of 1 replicas updated, 0')),
    );
    fake.put(PODS, pod(POD));
    fake.put(DEPLOYMENTS, deployment());
    await expect(rollout).resolves.toEqual({ ok: true });
  });

  it('does not believe an old state when the spec has just changed', async () => {
    fake.put(DEPLOYMENTS, deployment());
    fake.put(REPLICA_SETS, replicaSet());
    serve(deployment('orders', { metadata: { generation: 2 } }));
    await expect(
      clusters.waitForRollout(orders, { timeoutMs: 300 }),
    ).resolves.toMatchObject({ ok: false });
  });

  it('gives up on a crash loop before its time is over, with the last line of the log', async () => {
    serve(starting);
    fake.put(DEPLOYMENTS, starting);
    fake.put(REPLICA_SETS, replicaSet());
    fake.put(
      PODS,
      pod(POD, {
        status: {
          phase: 'Running',
          conditions: unready,
          containerStatuses: [
            {
              name: 'app',
              restartCount: 2,
              state: { waiting: { reason: 'CrashLoopBackOff' } },
              lastState: { terminated: { exitCode: 1 } },
            },
          ],
        },
      }),
    );
    fake.routes.set(
      `/api/v1/namespaces/default/pods/${POD}/log`,
      (_, response, url) =>
        url.searchParams.get('previous') === 'true'
          ? response.end(
              '2026-03-01T11:59:58Z starting\n2026-03-01T11:59:59Z Error: no DATABASE_URL\n\n',
            )
          : json(response, 400, status(400, 'waiting to start')),
    );
    await expect(
      clusters.waitForRollout(orders, { timeoutMs: 60_000 }),
    ).resolves.toEqual({
      ok: false,
      reason:
        '1 of 1 pods is not ready: CrashLoopBackOff, it ended with an error (exit 1), started again 2 times: Error: no DATABASE_URL',
      lastLogLine: 'Error: no DATABASE_URL',
    });
  });

  it('says that there is no such workload', async () => {
    fake.routes.set(
      '/apis/apps/v1/namespaces/default/deployments/orders',
      (_, response) => json(response, 404, status(404, 'not found')),
    );
    await expect(
      clusters.waitForRollout(orders, { timeoutMs: 5_000 }),
    ).resolves.toEqual({
      ok: false,
      reason: 'There is no Deployment orders in local',
    });
  });

  it('says when the workload is removed while it waits', async () => {
    serve(starting);
    fake.put(DEPLOYMENTS, starting);
    const rollout = clusters.waitForRollout(orders, { timeoutMs: 5_000 });
    await until(() => fake.watchCount(DEPLOYMENTS) === 1);
    await until(() => fake.requests.some(each => each.endsWith('/orders')));
    fake.remove(DEPLOYMENTS, 'default', 'orders');
    await expect(rollout).resolves.toMatchObject({ ok: false });
  });

  it('rejects with the reason of an abort, at once', async () => {
    serve(starting);
    fake.put(DEPLOYMENTS, starting);
    const controller = new AbortController();
    const rollout = clusters.waitForRollout(orders, {
      timeoutMs: 60_000,
      signal: controller.signal,
    });
    await until(() => fake.requests.some(each => each.endsWith('/orders')));
    controller.abort(new Error('superseded'));
    await expect(rollout).rejects.toThrow('superseded');
  });
});
