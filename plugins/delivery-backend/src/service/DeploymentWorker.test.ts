import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { isFinal } from '@ghostlight/plugin-delivery-common';
import { ClaimStore } from '../database/ClaimStore';
import { createDelivery, MAYA } from '../__testUtils__/createDelivery';
import { serviceTree, SHA_1, SHA_2, SHA_3 } from '../__testUtils__/FakeForge';

jest.setTimeout(60_000);

describe('deployments', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const maya = mockCredentials.user(MAYA);
  const toLocal = { repository: 'orders', environment: 'local' };
  let d: Awaited<ReturnType<typeof createDelivery>>;

  beforeEach(async () => {
    d = await createDelivery(databases, { leaseMs: 600 });
    d.forge.add('orders', SHA_1, serviceTree('orders'));
  });
  afterEach(async () => {
    await d.stop();
  });

  const finished = (id: string) => d.until(id, each => isFinal(each.state));
  const deploy = (sha = SHA_1, key?: string) =>
    d.delivery.deploy({ ...toLocal, sha, key }, maya);

  it('build, apply in order, wait and end with what was done in the log', async () => {
    d.startWorker();
    d.cluster.rollout = async ({ onProgress }) => {
      onProgress?.({
        message: '1 of 2 replicas ready',
        desired: 2,
        updated: 1,
        ready: 1,
      });
      return { ok: true };
    };
    const { id } = await deploy();
    expect(await finished(id)).toMatchObject({
      state: 'succeeded',
      image: `orders:${SHA_1.slice(0, 12)}`,
      entityRef: 'component:default/orders',
      by: MAYA,
    });
    expect(d.cluster.calls).toEqual([
      'apply local Service orders',
      'apply local Deployment orders',
      'wait local orders',
    ]);
    expect(await d.linesOf(id)).toEqual([
      'Deploying orders@111111111111 to local',
      'building orders',
      'Image orders:111111111111 is built',
      'Applied Service orders',
      'Applied Deployment orders',
      'orders: 1 of 2 replicas ready',
      'orders@111111111111 runs in local',
    ]);
    const states = d.changes.map(each => each.state);
    expect(states).toEqual([
      'queued',
      'building',
      'applying',
      'rolling out',
      'succeeded',
    ]);
  });

  it('fail with the reason of a workload that never becomes ready, and take nothing away', async () => {
    d.startWorker();
    await finished((await deploy()).id);
    d.forge.add('orders', SHA_2, {
      ...serviceTree('orders'),
      manifests: serviceTree('orders').manifests.slice(0, 1),
    });
    d.cluster.rollout = async () => ({
      ok: false,
      reason:
        '2 of 2 pods are not ready after 120 s: readiness probe failed (HTTP 503)',
      lastLogLine: 'no database',
    });
    const { id } = await deploy(SHA_2);
    const { state, reason } = await finished(id);
    expect(state).toBe('failed');
    expect(reason).toBe(
      'orders in local: 2 of 2 pods are not ready after 120 s: readiness probe failed (HTTP 503); last log line: no database',
    );
    expect((await d.linesOf(id)).at(-1)).toBe(`Failed: ${reason}`);
    expect([...d.cluster.objects.keys()]).toContain('local Service orders');
  });

  it('remove what a later commit no longer declares, and nothing of others', async () => {
    d.startWorker();
    const flags =
      '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: flags}\n';
    d.forge.add('orders', SHA_1, serviceTree('orders', flags));
    d.cluster.put('local', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'theirs',
        labels: {
          'app.kubernetes.io/managed-by': 'ghostlight',
          'backstage.io/kubernetes-id': 'orders',
          'ghostlight.dev/repository': 'payments',
        },
      },
    });
    await finished((await deploy()).id);
    d.forge.add('orders', SHA_2, serviceTree('orders'));
    await finished((await deploy(SHA_2)).id);
    expect([...d.cluster.objects.keys()].sort()).toEqual([
      'local ConfigMap theirs',
      'local Deployment orders',
      'local Service orders',
    ]);
    expect(d.cluster.calls.at(-1)).toBe('delete local ConfigMap flags');
  });

  it('name file and line of a malformed manifest before anything is built', async () => {
    d.startWorker();
    const tree = serviceTree('orders');
    tree.manifests[1].text = 'apiVersion: v1\nkind: Service\nmetadata: [\n';
    d.forge.add('orders', SHA_2, tree);
    const { id } = await deploy(SHA_2);
    expect((await finished(id)).reason).toMatch(/^k8s\/service\.yaml:[34]: /);
    expect(d.builds).toEqual([]);
  });

  it.each([
    [
      'belongs to the repository payments',
      {
        'app.kubernetes.io/managed-by': 'ghostlight',
        'ghostlight.dev/repository': 'payments',
      },
    ],
    ['was not deployed by Ghostlight', {}],
  ])('do not touch an object that %s', async (why, labels) => {
    d.startWorker();
    d.cluster.put('local', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'orders', labels },
    });
    const { id } = await deploy();
    expect((await finished(id)).reason).toContain(why);
    expect(d.cluster.calls).toEqual([]);
  });

  it('are continued by another replica when the first one is killed', async () => {
    const killed = d.claimsOf('killed');
    const { id } = await deploy();
    expect((await killed.claim())?.deployment.id).toBe(id);
    await killed.advance(id, { state: 'rolling out' });
    d.startWorker();
    expect((await finished(id)).state).toBe('succeeded');
    expect(await d.linesOf(id)).toContain(
      'Continuing after an interruption of the backend',
    );
    expect(await killed.advance(id, { state: 'applying' })).toBeUndefined();
  });

  it('are given up after too many interruptions', async () => {
    const { id } = await deploy();
    await d.knex('deployments').where({ id }).update({ attempts: 5 });
    d.startWorker();
    expect((await finished(id)).reason).toContain('interrupted 5 times');
  });

  it('are handed over when a replica stops', async () => {
    const first = d.startWorker();
    d.cluster.rollout = ({ signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
    const { id } = await deploy();
    await d.until(id, each => each.state === 'rolling out');
    await first.stop();
    d.cluster.rollout = async () => ({ ok: true });
    d.startWorker();
    expect((await finished(id)).state).toBe('succeeded');
  });

  it('stop when their replica cannot renew its lease, for another may have them', async () => {
    d.startWorker();
    const stopped = new Promise<void>(resolve => {
      d.cluster.rollout = ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => {
            resolve();
            reject(signal.reason);
          });
        });
    });
    const renew = jest
      .spyOn(ClaimStore.prototype, 'renew')
      .mockRejectedValue(new Error('connection terminated'));
    const { id } = await deploy();
    await stopped;
    renew.mockRestore();
    d.cluster.rollout = async () => ({ ok: true });
    expect((await finished(id)).state).toBe('succeeded');
  });

  it('give way to a newer one, running or queued, and only one runs at a time', async () => {
    d.startWorker();
    d.startWorker();
    d.forge.add('orders', SHA_2, serviceTree('orders'));
    d.forge.add('orders', SHA_3, serviceTree('orders'));
    let running = 0;
    let most = 0;
    d.cluster.rollout = async ({ signal }) => {
      running += 1;
      most = Math.max(most, running);
      if (d.builds.at(-1) !== `orders@${SHA_3}`) {
        await new Promise(resolve => {
          signal?.addEventListener('abort', resolve);
        });
      }
      running -= 1;
      return { ok: true };
    };
    const first = await deploy(SHA_1);
    await d.until(first.id, each => each.state === 'rolling out');
    const [second, third] = [await deploy(SHA_2), await deploy(SHA_3)];
    expect((await finished(third.id)).state).toBe('succeeded');
    const stopped = await finished(first.id);
    expect(stopped.state).toBe('superseded');
    expect([second.id, third.id]).toContain(stopped.supersededBy);
    expect(await finished(second.id)).toMatchObject({
      state: 'superseded',
      reason: '333333333333 took its place',
    });
    expect(most).toBe(1);
  });

  it('of one component are claimed once, however many replicas ask', async () => {
    const { id } = await deploy();
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, n) => d.claimsOf(`replica ${n}`).claim()),
    );
    expect(claims.filter(Boolean).map(each => each?.deployment.id)).toEqual([
      id,
    ]);
  });

  it('with the same key are one, and the key of another commit is refused', async () => {
    d.forge.add('orders', SHA_2, serviceTree('orders'));
    const [a, b] = await Promise.all([deploy(SHA_1, 'k'), deploy(SHA_1, 'k')]);
    expect(a.id).toBe(b.id);
    await expect(deploy(SHA_2, 'k')).rejects.toThrow(
      'Key k was used for 111111111111',
    );
  });

  it('ask again while the cluster does not answer, and say so', async () => {
    d.startWorker();
    let refusals = 2;
    d.cluster.before = async () => {
      refusals -= 1;
      if (refusals >= 0) {
        throw Object.assign(new Error('connect ECONNREFUSED'), {
          code: 'ECONNREFUSED',
        });
      }
    };
    const { id } = await deploy();
    expect((await finished(id)).state).toBe('succeeded');
    expect(await d.linesOf(id)).toContain(
      'The cluster of local does not answer (connect ECONNREFUSED); asking again',
    );
  });

  it('keep secrets out of the log and out of the reason', async () => {
    d.startWorker();
    d.builder.build = async (_, { repo, onLog }) => {
      onLog?.(`cloning with ${repo.authorization}`);
      onLog?.('PASSWORD=hunter22 npm ci');
      throw new Error(`git said: bad header ${repo.authorization}`);
    };
    const { id } = await deploy();
    const { reason } = await finished(id);
    const text = [...(await d.linesOf(id)), reason].join('\n');
    expect(text).toContain('cloning with [hidden]');
    expect(text).toContain('PASSWORD=[hidden] npm ci');
    expect(text).not.toContain('c2VjcmV0LXRva2Vu');
  });

  it('keep a log that is bounded, with the end in it', async () => {
    d.startWorker();
    d.builder.build = async (_, { onLog }) => {
      for (let n = 0; n < 6000; n++) {
        onLog?.(n === 0 ? 'x'.repeat(10_000) : `line ${n}`);
      }
      throw new Error('out of memory');
    };
    const { id } = await deploy();
    await finished(id);
    const lines = await d.linesOf(id);
    expect(lines.length).toBeLessThan(5010);
    expect(lines[1].length).toBeLessThan(2100);
    expect(lines.slice(-2)).toEqual([
      'The log is longer than 5000 lines; the rest is left out',
      'Failed: out of memory',
    ]);
  });
});
