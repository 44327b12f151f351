import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  ClusterFixture,
  POD,
  TINY_SERVER,
} from '../kubelet/cluster-fixture.ts';
import { DEPLOYMENT } from './kinds.ts';

const KEY = { ...DEPLOYMENT, namespace: 'default', name: 'web' };

const template = (image: string, version: string) => ({
  metadata: { labels: { app: 'web', version } },
  spec: {
    containers: [
      {
        name: 'main',
        image,
        readinessProbe: { httpGet: { path: '/', port: 8080 } },
      },
    ],
  },
});

describe('a Deployment on real processes', () => {
  let cluster: ClusterFixture;
  let image: string;
  before(async () => {
    cluster = await ClusterFixture.start();
    image = await cluster.image('web', TINY_SERVER);
  });
  after(() => cluster.stop());

  const status = () => Object(cluster.store.get(KEY)?.status);
  const rolledOut = (replicas: number) =>
    cluster.until(DEPLOYMENT, () => {
      const deployment = cluster.store.get(KEY);
      const { observedGeneration, ...counts } = status();
      return (
        observedGeneration === deployment?.metadata.generation &&
        counts.updatedReplicas === replicas &&
        counts.replicas === replicas &&
        counts.availableReplicas === replicas
      );
    });

  it('is available within 1.5 seconds of its creation', async () => {
    const begun = performance.now();
    cluster.store.create({
      ...KEY,
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'web' } },
        template: template(image, '1'),
      },
    });
    await rolledOut(1);
    const tookMs = performance.now() - begun;
    assert.ok(tookMs < 1500, `took ${tookMs} ms`);
    assert.equal(
      status().conditions.find(
        (one: { type: string }) => one.type === 'Progressing',
      ).reason,
      'NewReplicaSetAvailable',
    );
  });

  it('replaces its pods when the template changes, one ready before one goes', async () => {
    const old = cluster.store.list(POD).items.map(pod => pod.metadata.uid);
    cluster.store.modify(KEY, current => ({
      ...current,
      spec: { ...Object(current.spec), template: template(image, '2') },
    }));
    await rolledOut(1);
    await cluster.until(POD, () => cluster.store.list(POD).items.length === 1);
    const [pod] = cluster.store.list(POD).items;
    assert.ok(!old.includes(pod.metadata.uid));
    assert.equal(
      cluster.store.get(KEY)?.metadata.annotations?.[
        'deployment.kubernetes.io/revision'
      ],
      '2',
    );
  });
});
