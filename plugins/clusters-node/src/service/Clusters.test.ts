import {
  createClusters,
  entity,
  environment,
} from '../__testUtils__/createClusters';
import { FakeCluster, json, status } from '../__testUtils__/FakeCluster';
import {
  deployment,
  DEPLOYMENTS,
  pod,
  PODS,
  replicaSet,
  REPLICA_SETS,
} from '../__testUtils__/objects';
import { until } from '../__testUtils__/until';
import type { WorkloadChange } from '../types';
import type { Clusters } from './Clusters';

let fake: FakeCluster;
let clusters: Clusters;

beforeEach(async () => {
  fake = await FakeCluster.start();
  fake.put(DEPLOYMENTS, deployment());
  fake.put(REPLICA_SETS, replicaSet());
  fake.put(PODS, pod());
  clusters = createClusters({ local: fake.url });
});

afterEach(async () => {
  await clusters.stop();
  await fake.stop();
});

async function firstWorkload() {
  const [{ workloads }] = await clusters.workloads(entity());
  return workloads[0];
}

/** Waits until a read of workloads shows something, without sleeping. */
async function eventually<T>(
  read: () => Promise<T>,
  holds: (value: T) => boolean,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const value = await read();
    if (holds(value)) {
      return value;
    }
    if (attempt > 2000) {
      throw new Error(`Never came true: ${holds}: ${JSON.stringify(value)}`);
    }
    await new Promise(resolve => {
      setTimeout(resolve, 2);
    });
  }
}

describe('Clusters', () => {
  it('finds the workloads of an entity with their revision and pods', async () => {
    const [local] = await clusters.workloads(entity());
    expect(local.state).toMatchObject({ reachable: true });
    expect(local.workloads).toEqual([
      expect.objectContaining({
        ref: {
          environment: 'local',
          namespace: 'default',
          kind: 'Deployment',
          name: 'orders',
        },
        desired: 1,
        ready: 1,
        updated: 1,
        revision: expect.objectContaining({
          hash: '7d4f9c6b5',
          by: 'user:default/maya',
          commit: {
            repo: 'orders',
            sha: 'a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6a7b8c9d0',
            via: 'annotation',
          },
        }),
        pods: [
          expect.objectContaining({
            name: 'orders-7d4f9c6b5-x2k4p',
            state: 'ready',
            limits: { cpuCores: 0.5, memoryBytes: 96 * 1024 * 1024 },
          }),
        ],
      }),
    ]);
  });

  it('has no workloads for an entity without annotations', async () => {
    await expect(
      clusters.workloads({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'orders' },
      }),
    ).resolves.toEqual([]);
  });

  it('lists each kind once however many ask', async () => {
    await Promise.all([1, 2, 3].map(() => clusters.workloads(entity())));
    expect(
      fake.requests.filter(request => request.includes('/deployments?limit')),
    ).toHaveLength(1);
  });

  it('follows changes by its watches', async () => {
    await firstWorkload();
    await until(() => fake.watchCount(DEPLOYMENTS) === 1);
    fake.put(DEPLOYMENTS, deployment('orders', { spec: { replicas: 3 } }));
    const scaled = await eventually(
      firstWorkload,
      ({ desired }) => desired === 3,
    );
    expect(scaled.ref.name).toBe('orders');
    fake.remove(DEPLOYMENTS, 'default', 'orders');
    expect(
      await eventually(firstWorkload, workload => workload === undefined),
    ).toBeUndefined();
  });

  it('tells of a change once, with what it belongs to', async () => {
    const changes: WorkloadChange[] = [];
    clusters.onChange(change => changes.push(change));
    await firstWorkload();
    await until(() => fake.watchCount(PODS) === 1);
    await until(() => changes.some(({ kind }) => kind === 'Cluster'));
    changes.length = 0;
    for (let restart = 1; restart <= 5; restart++) {
      fake.put(PODS, pod(undefined, { container: { restartCount: restart } }));
    }
    await until(() => changes.length > 0);
    expect(changes).toEqual([
      {
        environment: 'local',
        kind: 'Pod',
        namespace: 'default',
        name: 'orders',
        labels: { 'backstage.io/kubernetes-id': 'orders', app: 'orders' },
      },
    ]);
  });

  it.each([
    ['ended', () => fake.endWatches(DEPLOYMENTS)],
    ['cut', () => fake.cutWatches(DEPLOYMENTS)],
    [
      'broken off within a line',
      () => {
        fake.sendRaw(DEPLOYMENTS, '{"type":"MODIFIED","object":{"meta');
        fake.cutWatches(DEPLOYMENTS);
      },
    ],
    [
      'too old (410 Gone)',
      () =>
        fake.send(DEPLOYMENTS, {
          type: 'ERROR',
          object: status(410, 'too old resource version'),
        }),
    ],
  ])('goes on after a watch was %s', async (_, breakWatch) => {
    await firstWorkload();
    await until(() => fake.watchCount(DEPLOYMENTS) === 1);
    breakWatch();
    fake.put(DEPLOYMENTS, deployment('orders', { spec: { replicas: 4 } }));
    await eventually(firstWorkload, ({ desired }) => desired === 4);
    expect(clusters.state('local').reachable).toBe(true);
  });

  it('leaves out an object it cannot read and shows the others', async () => {
    fake.put(DEPLOYMENTS, {
      ...deployment('broken'),
      spec: 'not a spec',
    });
    expect(await firstWorkload()).toBeDefined();
  });

  it.each([
    ['answers 500', /answered 500: out of order/],
    ['answers never', /it did not answer within 1 s/],
    ['answers HTML', /it answered something that is not JSON/],
    [
      'answers half a JSON',
      /the connection was closed while it answered|reset/,
    ],
    ['forbids lists', /refused GET .*\(403\): pods is forbidden/],
  ] as const)(
    'says why a cluster that %s cannot be used, beside one that is well',
    async (mode, reason) => {
      const ill = await FakeCluster.start();
      ill.mode = mode;
      const both = createClusters({ ill: ill.url, well: fake.url });
      try {
        const environments = await both.workloads(entity());
        expect(
          environments.map(({ environment: { name }, state, workloads }) => ({
            name,
            reachable: state.reachable,
            workloads: workloads.length,
          })),
        ).toEqual([
          { name: 'ill', reachable: false, workloads: 0 },
          { name: 'well', reachable: true, workloads: 1 },
        ]);
        expect(environments[0].state.error).toMatch(reason);
      } finally {
        await both.stop();
        await ill.stop();
      }
    },
  );

  it('keeps what it knew of a cluster that goes away, says since when, and comes back', async () => {
    await firstWorkload();
    await until(() => clusters.state('local').reachable);
    const before = Date.now();
    fake.mode = 'answers 500';
    await until(() => !clusters.state('local').reachable);
    const [local] = await clusters.workloads(entity());
    expect(local.workloads).toHaveLength(1);
    expect(Date.parse(local.state.since)).toBeGreaterThanOrEqual(before);
    fake.mode = 'well';
    await until(() => clusters.state('local').reachable);
    expect(clusters.state('local').error).toBeUndefined();
  });

  it('says that nothing listens at the address of a cluster', async () => {
    const gone = await FakeCluster.start();
    const { url } = gone;
    await gone.stop();
    const dead = createClusters({ dead: url });
    await dead.workloads(entity());
    expect(dead.state('dead')).toMatchObject({
      reachable: false,
      error: 'nothing listens there (connection refused)',
    });
    await dead.stop();
  });

  it('answers a thousand components from its indexes within 200 ms', async () => {
    for (let i = 0; i < 1000; i++) {
      const name = `svc${i}`;
      fake.put(DEPLOYMENTS, deployment(name));
      fake.put(REPLICA_SETS, replicaSet(name));
      fake.put(PODS, pod(`${name}-7d4f9c6b5-aaaaa`));
    }
    await firstWorkload();
    const readAll = () =>
      Promise.all(
        Array.from({ length: 1000 }, (_, i) =>
          clusters.workloads(
            entity({ 'backstage.io/kubernetes-id': `svc${i}` }),
          ),
        ),
      );
    // The best of a few: other work on the machine is not what is measured.
    const times: number[] = [];
    for (let run = 0; run < 4; run++) {
      const startedAt = performance.now();
      const found = await readAll();
      times.push(performance.now() - startedAt);
      expect(
        found.every(([{ workloads }]) => workloads[0].pods.length === 1),
      ).toBe(true);
    }
    expect(Math.min(...times)).toBeLessThan(200);
  });

  it('takes namespace and cluster from the annotations, and a selector before an id', async () => {
    fake.put(
      DEPLOYMENTS,
      deployment('elsewhere', {
        metadata: { namespace: 'shop', labels: { tier: 'web', team: 'a' } },
      }),
    );
    const several = createClusters(
      { local: fake.url },
      {
        environments: [
          environment('one', { cluster: 'local' }),
          environment('two', { cluster: 'local' }),
        ],
      },
    );
    const found = await several.workloads(
      entity({
        'backstage.io/kubernetes-label-selector': 'tier in (web, api),!legacy',
        'backstage.io/kubernetes-namespace': 'shop',
      }),
    );
    expect(found.map(({ workloads }) => workloads[0]?.ref.name)).toEqual([
      'elsewhere',
      'elsewhere',
    ]);
    await expect(
      several.workloads(entity({ 'backstage.io/kubernetes-cluster': 'mars' })),
    ).resolves.toEqual([]);
    await several.stop();
  });

  it('names the known environments when asked for another', () => {
    expect(() => clusters.environment('mars')).toThrow(
      'There is no environment "mars" (known: local)',
    );
  });

  describe('objects', () => {
    beforeEach(() => {
      fake.routes.set('/api/v1', (_, response) =>
        json(response, 200, {
          resources: [
            { name: 'configmaps', kind: 'ConfigMap', namespaced: true },
            { name: 'pods', kind: 'Pod', namespaced: true },
          ],
        }),
      );
      fake.routes.set('/apis/nobody/v1', (_, response) =>
        json(response, 404, status(404, 'not found')),
      );
    });

    const configMap = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: { a: '1' },
    };
    const path = '/api/v1/namespaces/default/configmaps/settings';

    it('applies on the server, forced and strict, in the namespace of the environment', async () => {
      let sent: unknown;
      fake.routes.set(path, (request, response, url) => {
        let body = '';
        request.on('data', part => (body += part));
        request.on('end', () => {
          sent = {
            method: request.method,
            type: request.headers['content-type'],
            authorization: request.headers.authorization,
            query: Object.fromEntries(url.searchParams),
            body: JSON.parse(body),
          };
          json(response, 200, configMap);
        });
      });
      await clusters.apply('local', configMap, { fieldManager: 'ghostlight' });
      expect(sent).toEqual({
        method: 'PATCH',
        type: 'application/apply-patch+yaml',
        authorization: 'Bearer test-token',
        query: {
          fieldManager: 'ghostlight',
          force: 'true',
          fieldValidation: 'Strict',
        },
        body: configMap,
      });
    });

    it('gives back the words of a cluster that refuses', async () => {
      fake.routes.set(path, (_, response) =>
        json(response, 422, status(422, 'data.a: Invalid value')),
      );
      await expect(
        clusters.apply('local', configMap, { fieldManager: 'ghostlight' }),
      ).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('data.a: Invalid value'),
      });
    });

    it.each([
      ['nothing', undefined, /not a Kubernetes object/],
      ['no name', { ...configMap, metadata: {} }, /metadata\.name/],
      [
        'a name with a path in it',
        { ...configMap, metadata: { name: '../../secrets/x' } },
        /is not a name of a Kubernetes object/,
      ],
      [
        'an apiVersion with a path in it',
        { ...configMap, apiVersion: '../v1' },
        /is not a Kubernetes apiVersion/,
      ],
      [
        'a kind the cluster does not know',
        { ...configMap, kind: 'Teapot' },
        /does not know the kind Teapot of v1/,
      ],
      [
        'a group the cluster does not know',
        { ...configMap, apiVersion: 'nobody/v1' },
        /does not know the kind ConfigMap of nobody\/v1/,
      ],
    ])('refuses a manifest with %s', async (_, manifest, message) => {
      await expect(
        clusters.apply('local', manifest, { fieldManager: 'ghostlight' }),
      ).rejects.toThrow(message);
    });

    it('tells what is not there from what is', async () => {
      const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings' };
      fake.routes.set(path, (_, response) =>
        json(response, 404, status(404, 'not found')),
      );
      await expect(clusters.get('local', ref)).resolves.toBeUndefined();
      await expect(clusters.delete('local', ref)).resolves.toBe(false);
      fake.routes.set(path, (_, response) => json(response, 200, configMap));
      await expect(clusters.get('local', ref)).resolves.toEqual(configMap);
      await expect(clusters.delete('local', ref)).resolves.toBe(true);
    });

    it('gives items of a list their kind', async () => {
      const { apiVersion, kind, ...item } = configMap;
      fake.routes.set('/api/v1/namespaces/default/configmaps', (_, response) =>
        json(response, 200, { metadata: {}, items: [item] }),
      );
      await expect(
        clusters.list('local', { apiVersion, kind }),
      ).resolves.toEqual([configMap]);
    });

    it('has no usage where nothing is measured', async () => {
      fake.routes.set(
        '/apis/metrics.k8s.io/v1beta1/namespaces/default/pods',
        (_, response) => json(response, 404, status(404, 'not found')),
      );
      await expect(
        clusters.podMetrics('local', 'default'),
      ).resolves.toBeUndefined();
    });

    it('sums what the containers of a pod use', async () => {
      fake.routes.set(
        '/apis/metrics.k8s.io/v1beta1/namespaces/default/pods',
        (_, response) =>
          json(response, 200, {
            items: [
              {
                metadata: { name: 'orders-1' },
                timestamp: '2026-03-01T12:00:00Z',
                containers: [
                  { usage: { cpu: '42m', memory: '57Mi' } },
                  { usage: { cpu: '8000000n', memory: '1024Ki' } },
                ],
              },
            ],
          }),
      );
      const usage = await clusters.podMetrics('local', 'default');
      expect(usage?.get('orders-1')?.cpuCores).toBeCloseTo(0.05);
      expect(usage?.get('orders-1')?.memoryBytes).toBe(58 * 1024 * 1024);
    });
  });
});
