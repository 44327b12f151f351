import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  AppsV1Api,
  CoreV1Api,
  KubeConfig,
  KubernetesObjectApi,
  type ListPromise,
  Log,
  makeInformer,
  Metrics,
  PatchStrategy,
  type V1ConfigMap,
} from '@kubernetes/client-node';
import { PassThrough } from 'node:stream';
import {
  startTestCluster,
  TINY_SERVER,
  type TestCluster,
} from './testing/index.ts';

describe('@kubernetes/client-node against the local cluster', () => {
  let cluster: TestCluster;
  let config: KubeConfig;
  let core: CoreV1Api;
  before(async () => {
    cluster = await startTestCluster();
    config = new KubeConfig();
    config.loadFromFile(cluster.kubeconfig);
    core = config.makeApiClient(CoreV1Api);
  });
  after(() => cluster.stop());

  const namespace = 'default';
  const put = (name: string, data: Record<string, string>) =>
    core.createNamespacedConfigMap({
      namespace,
      body: { metadata: { name }, data },
    });

  /** Resolves when the check holds after some event; looks first. */
  async function eventually(check: () => boolean): Promise<void> {
    const giveUpAt = Date.now() + 20_000;
    while (!check()) {
      assert.ok(Date.now() < giveUpAt, `never: ${check}`);
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  it('informs of what is added, changed and deleted', async () => {
    await put('before', { k: '1' });
    const list: ListPromise<V1ConfigMap> = () =>
      core.listNamespacedConfigMap({ namespace });
    const informer = makeInformer(
      config,
      `/api/v1/namespaces/${namespace}/configmaps`,
      list,
    );
    const seen: string[] = [];
    for (const verb of ['add', 'update', 'delete'] as const) {
      informer.on(verb, ({ metadata }) =>
        seen.push(`${verb} ${metadata?.name}`),
      );
    }
    await informer.start();
    await put('during', { k: '1' });
    await core.replaceNamespacedConfigMap({
      namespace,
      name: 'during',
      body: { metadata: { name: 'during' }, data: { k: '2' } },
    });
    await core.deleteNamespacedConfigMap({ namespace, name: 'before' });
    await eventually(() => seen.length === 4);
    await informer.stop();
    assert.deepEqual(seen, [
      'add before',
      'add during',
      'update during',
      'delete before',
    ]);
    assert.equal(informer.get('during', namespace)?.data?.k, '2');
  });

  it('lists again when its place in the history is gone', async () => {
    let lists = 0;
    const list: ListPromise<V1ConfigMap> = async () => {
      const found = await core.listNamespacedConfigMap({ namespace });
      lists += 1;
      // The first list claims to be of a cluster whose data was thrown away since.
      if (lists === 1 && found.metadata) {
        found.metadata.resourceVersion = '99999999';
      }
      return found;
    };
    const informer = makeInformer(
      config,
      `/api/v1/namespaces/${namespace}/configmaps`,
      list,
    );
    await informer.start();
    await eventually(() => lists >= 2);
    await put('relisted', {});
    await eventually(() => informer.get('relisted', namespace) !== undefined);
    await informer.stop();
  });

  it('applies by force, and reads errors as Status', async () => {
    const objects = KubernetesObjectApi.makeApiClient(config);
    const applied = await objects.patch(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'applied', namespace },
      },
      undefined,
      undefined,
      'ghostlight',
      true,
      PatchStrategy.ServerSideApply,
    );
    assert.equal(applied.metadata?.name, 'applied');
    await assert.rejects(
      core.readNamespacedConfigMap({ namespace, name: 'absent' }),
      (error: { code: number; body: string }) => {
        assert.equal(error.code, 404);
        assert.match(error.body, /configmaps \\"absent\\" not found/);
        return true;
      },
    );
  });

  it('reads logs, metrics and the events of a Deployment that runs', async () => {
    const image = await cluster.buildImage('tiny', TINY_SERVER);
    const apps = config.makeApiClient(AppsV1Api);
    const labels = { app: 'tiny' };
    await apps.createNamespacedDeployment({
      namespace,
      body: {
        metadata: { name: 'tiny' },
        spec: {
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: { containers: [{ name: 'main', image }] },
          },
        },
      },
    });
    let podName = '';
    await eventually(() => {
      const { items } = cluster.store.list({
        apiVersion: 'v1',
        kind: 'Pod',
        namespace,
      });
      podName = items[0]?.metadata.name ?? '';
      return Object(items[0]?.status).phase === 'Running';
    });
    const log = new PassThrough();
    let text = '';
    log.on('data', chunk => {
      text += chunk;
    });
    const following = await new Log(config).log(
      namespace,
      podName,
      'main',
      log,
      {
        follow: true,
      },
    );
    await eventually(() => text.includes('listening'));
    following.abort();
    const metrics = new Metrics(config);
    let usage = await metrics.getPodMetrics(namespace);
    while (usage.items.length === 0)
      usage = await metrics.getPodMetrics(namespace);
    assert.equal(usage.items[0].metadata.name, podName);
    const events = await core.listNamespacedEvent({
      namespace,
      fieldSelector: `involvedObject.name=${podName},involvedObject.kind=Pod`,
    });
    assert.ok(events.items.some(({ reason }) => reason === 'Started'));
    await apps.deleteNamespacedDeployment({ namespace, name: 'tiny' });
    await eventually(
      () =>
        cluster.store.list({ apiVersion: 'v1', kind: 'Pod', namespace }).items
          .length === 0,
    );
  });
});
