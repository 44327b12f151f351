import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { SqliteStore } from '../store/index.ts';
import { systemClock } from '../system-clock.ts';
import type { KubeObject, ObjectMeta, Running, Scope } from '../types.ts';
import { EventRecorder } from './events/event-recorder.ts';
import { expiredEvents } from './events/event-expiry.ts';
import { startControllers } from './index.ts';
import { DEPLOYMENT, EVENT, NAMESPACE, POD, REPLICA_SET } from './kinds.ts';

const CONFIG_MAP = { apiVersion: 'v1', kind: 'ConfigMap' };

/** A kubelet that needs no time: pods are ready when seen and gone when asked to go. */
function instantKubelet(store: SqliteStore): () => void {
  return store.watch(POD, ({ type, object }) => {
    const { namespace, name, deletionTimestamp } = object.metadata;
    if (type === 'DELETED') return;
    if (deletionTimestamp !== undefined)
      store.remove({ ...POD, namespace, name });
    else {
      store.modify({ ...POD, namespace, name }, pod => ({
        ...pod,
        status: {
          phase: 'Running',
          conditions: [
            {
              type: 'Ready',
              status: 'True',
              lastTransitionTime: '2026-01-01T00:00:00Z',
            },
          ],
        },
      }));
    }
  });
}

describe('the controllers', () => {
  let dataDir: string;
  let store: SqliteStore;
  let controllers: Running;
  let stopKubelet: () => void;

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'local-cluster-controllers-'));
    store = SqliteStore.open({ dataDir, clock: systemClock });
    stopKubelet = instantKubelet(store);
    controllers = await startControllers({ store, clock: systemClock });
  });
  afterEach(async () => {
    stopKubelet();
    await controllers.stop();
    store.close();
    rmSync(dataDir, { recursive: true });
  });

  const until = (scope: Scope, holds: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      let unwatch: () => void = () => undefined;
      const timer = setTimeout(() => {
        unwatch();
        reject(new Error(JSON.stringify(store.list(scope).items, null, 1)));
      }, 5000);
      const check = () => {
        if (!holds()) return;
        clearTimeout(timer);
        unwatch();
        resolve();
      };
      unwatch = store.watch(scope, check);
      check();
    });
  const names = (scope: Scope) =>
    store.list(scope).items.map(({ metadata }) => metadata.name);
  const configMap = (name: string, metadata: Partial<ObjectMeta> = {}) =>
    store.create({
      ...CONFIG_MAP,
      metadata: { name, namespace: 'default', ...metadata },
    });
  const ownedBy = (owner: KubeObject, blockOwnerDeletion = true) => ({
    ownerReferences: [
      {
        apiVersion: owner.apiVersion,
        kind: owner.kind,
        name: owner.metadata.name,
        uid: owner.metadata.uid,
        blockOwnerDeletion,
      },
    ],
  });
  const deployment = (namespace = 'default') =>
    store.create({
      ...DEPLOYMENT,
      metadata: { name: 'web', namespace },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { containers: [{ name: 'main', image: 'x' }] },
        },
      },
    });
  const remove = (finalizer?: string) => {
    const key = { ...DEPLOYMENT, namespace: 'default', name: 'web' };
    if (finalizer) {
      store.modify(key, current => ({
        ...current,
        metadata: { ...current.metadata, finalizers: [finalizer] },
      }));
    }
    store.remove(key);
  };
  const running = async (namespace = 'default') => {
    deployment(namespace);
    const key = { ...DEPLOYMENT, namespace, name: 'web' };
    await until(
      DEPLOYMENT,
      () => Object(store.get(key)?.status).availableReplicas === 2,
    );
  };

  it('make pods for a Deployment and tell what they did', async () => {
    await running();
    assert.equal(names(POD).length, 2);
    const reasons = store
      .list(EVENT)
      .items.map(({ reason, message }) => `${reason}: ${message}`);
    assert.ok(
      reasons.some(one =>
        /^ScalingReplicaSet: Scaled up replica set web-\w+ from 0 to 2$/.test(
          one,
        ),
      ),
    );
    assert.equal(
      reasons.filter(one => /^SuccessfulCreate: /.test(one)).length,
      2,
    );
  });

  it('delete what a deleted Deployment owned, in the background', async () => {
    await running();
    remove();
    await until(POD, () => names(POD).length === 0);
    assert.deepEqual(names(REPLICA_SET), []);
  });

  it('delete what it owned first when asked to do so in the foreground', async () => {
    await running();
    const order: string[] = [];
    for (const kind of [DEPLOYMENT, REPLICA_SET, POD]) {
      store.watch(kind, ({ type, object }) => {
        if (type === 'DELETED') order.push(object.kind);
      });
    }
    remove('foregroundDeletion');
    await until(DEPLOYMENT, () => names(DEPLOYMENT).length === 0);
    await new Promise(resolve => {
      setImmediate(resolve);
    });
    assert.deepEqual(order, ['Pod', 'Pod', 'ReplicaSet', 'Deployment']);
  });

  it('leave what it owned when asked to orphan it, and a new Deployment takes it over', async () => {
    await running();
    const pods = names(POD);
    remove('orphan');
    await until(DEPLOYMENT, () => names(DEPLOYMENT).length === 0);
    const [orphan] = store.list(REPLICA_SET).items;
    assert.deepEqual(orphan.metadata.ownerReferences ?? [], []);
    await running();
    assert.deepEqual(names(POD), pods);
    assert.equal(
      store.get({
        ...REPLICA_SET,
        namespace: 'default',
        name: orphan.metadata.name,
      })?.metadata.ownerReferences?.[0].kind,
      'Deployment',
    );
  });

  it('delete what is made for an owner that is gone already', async () => {
    const owner = configMap('owner');
    store.remove({ ...CONFIG_MAP, namespace: 'default', name: 'owner' });
    configMap('late', ownedBy(owner));
    await until(CONFIG_MAP, () => names(CONFIG_MAP).length === 0);
  });

  it('delete what belonged to an owner of the same name that was made anew', async () => {
    const owner = configMap('owner');
    configMap('dependent', ownedBy(owner));
    store.remove({ ...CONFIG_MAP, namespace: 'default', name: 'owner' });
    configMap('owner');
    await until(CONFIG_MAP, () => names(CONFIG_MAP).length === 1);
    assert.deepEqual(names(CONFIG_MAP), ['owner']);
  });

  it('keep what still has one owner, and what is owned by kinds nobody knows here', async () => {
    const [a, b] = [configMap('a'), configMap('b')];
    configMap('shared', {
      ownerReferences: [
        ...ownedBy(a).ownerReferences,
        ...ownedBy(b).ownerReferences,
      ],
    });
    configMap('foreign', {
      ownerReferences: [
        { apiVersion: 'example.com/v1', kind: 'Thing', name: 't', uid: 'u' },
      ],
    });
    store.remove({ ...CONFIG_MAP, namespace: 'default', name: 'a' });
    const shared = { ...CONFIG_MAP, namespace: 'default', name: 'shared' };
    await until(
      CONFIG_MAP,
      () => store.get(shared)?.metadata.ownerReferences?.length === 1,
    );
    assert.deepEqual(names(CONFIG_MAP), ['b', 'foreign', 'shared']);
  });

  it('empty a namespace that is deleted, and let it go when nothing is left', async () => {
    store.create({
      ...NAMESPACE,
      metadata: { name: 'doomed' },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
    await running('doomed');
    configMap('elsewhere');
    store.remove({ ...NAMESPACE, name: 'doomed' });
    await until(NAMESPACE, () => names(NAMESPACE).length === 0);
    for (const kind of [DEPLOYMENT, REPLICA_SET, POD, EVENT])
      assert.deepEqual(names({ ...kind, namespace: 'doomed' }), []);
    assert.deepEqual(names(CONFIG_MAP), ['elsewhere']);
  });

  it('count what happens again, also over a restart, and forget it after an hour', () => {
    const about = configMap('noisy');
    for (let n = 0; n < 3; n += 1) {
      new EventRecorder({
        store,
        clock: systemClock,
        component: 'test',
      }).record(about, 'Warning', 'Again', 'the same words');
    }
    const events = store.list(EVENT).items;
    assert.deepEqual(
      events.map(({ count, reason }) => [reason, count]),
      [['Again', 3]],
    );
    new EventRecorder({
      store,
      clock: systemClock,
      component: 'test',
    }).record(about, 'Normal', 'After', 'is listed after what came before');
    assert.deepEqual(
      store.list(EVENT).items.map(({ reason }) => reason),
      ['Again', 'After'],
    );
    const last = Date.parse(String(events[0].lastTimestamp));
    assert.deepEqual(expiredEvents(events, last + 3_600_000), []);
    assert.equal(expiredEvents(events, last + 3_601_000).length, 1);
  });
});
