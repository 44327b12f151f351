import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { systemClock } from '../system-clock.ts';
import type { NewObject, WatchEvent } from '../types.ts';
import { SqliteStore } from './sqlite-store.ts';

const configMap = (
  name: string,
  data: Record<string, string> = {},
): NewObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data,
});
const key = (name: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'default',
  name,
});
const scope = { apiVersion: 'v1', kind: 'ConfigMap' };
const delivered = () => new Promise<void>(resolve => setImmediate(resolve));

describe('SqliteStore', () => {
  let dataDir: string;
  let store: SqliteStore;
  const open = (historyLimit?: number) =>
    SqliteStore.open({ dataDir, clock: systemClock, historyLimit });
  const reopen = () => {
    store.close();
    store = open();
  };
  const record = (since?: string) => {
    const events: WatchEvent[] = [];
    store.watch(scope, event => events.push(event), since);
    return events;
  };
  const seen = (events: WatchEvent[]) =>
    events.map(({ type, object }) => `${type} ${object.metadata.name}`);

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'local-cluster-store-'));
    store = open();
  });
  afterEach(() => {
    store.close();
    rmSync(dataDir, { recursive: true });
  });

  it('gives a new object its identity and refuses a second of the same name', () => {
    const made = store.create(configMap('a', { k: 'v' }));
    assert.match(made.metadata.uid, /^[0-9a-f-]{36}$/);
    assert.match(made.metadata.creationTimestamp, /^\d{4}-.*:\d\dZ$/);
    assert.equal(made.metadata.resourceVersion, '1');
    assert.throws(() => store.create(configMap('a')), {
      reason: 'AlreadyExists',
      message: 'configmaps "a" already exists',
    });
  });

  it('makes a name from generateName that is free', () => {
    const names = Array.from(
      { length: 20 },
      () =>
        store.create({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { generateName: 'web-', namespace: 'default' },
        }).metadata.name,
    );
    assert.equal(new Set(names).size, 20);
    for (const name of names) assert.match(name, /^web-[a-z0-9]{5}$/);
  });

  it('refuses an update made from a stale copy and keeps what is stored', () => {
    const first = store.create(configMap('a', { k: '1' }));
    const second = store.update({ ...first, data: { k: '2' } });
    assert.throws(() => store.update({ ...first, data: { k: '3' } }), {
      reason: 'Conflict',
    });
    assert.deepEqual(store.get(key('a')), second);
  });

  it('writes nothing and tells nobody when an update changes nothing', async () => {
    const made = store.create(configMap('a', { k: '1' }));
    const events = record();
    const same = store.update({ ...made, data: { k: '1' } });
    await delivered();
    assert.equal(same.metadata.resourceVersion, made.metadata.resourceVersion);
    assert.deepEqual(events, []);
  });

  it('counts a generation for each change of spec, not of status or labels', () => {
    const made = store.create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'default' },
      spec: { replicas: 1 },
    });
    const scaled = store.update({ ...made, spec: { replicas: 2 } });
    assert.equal(scaled.metadata.generation, 2);
    const observed = store.update(
      { ...scaled, spec: { replicas: 9 }, status: { replicas: 2 } },
      { subresource: 'status' },
    );
    assert.equal(observed.metadata.generation, 2);
    assert.deepEqual(observed.spec, { replicas: 2 });
    const labelled = store.update({
      ...observed,
      status: undefined,
      metadata: { ...observed.metadata, labels: { a: 'b' } },
    });
    assert.equal(labelled.metadata.generation, 2);
    assert.deepEqual(labelled.status, { replicas: 2 });
  });

  it('hands out objects that cannot be changed', () => {
    const made = store.create(configMap('a', { k: '1' }));
    assert.throws(() => {
      Object.assign(made.data as object, { k: '2' });
    }, TypeError);
  });

  it('keeps an object with finalizers until the last one is gone', () => {
    store.create({
      ...configMap('a'),
      metadata: { name: 'a', namespace: 'default', finalizers: ['x/y'] },
    });
    store.remove(key('a'));
    const held = store.get(key('a'));
    assert.ok(held?.metadata.deletionTimestamp);
    store.modify(key('a'), current => ({
      ...current,
      metadata: { ...current.metadata, finalizers: [] },
    }));
    assert.equal(store.get(key('a')), undefined);
  });

  it('only marks an object that is given time to end, and removes it when asked again without', () => {
    store.create({ ...configMap('a'), kind: 'Pod' });
    const pod = { ...key('a'), kind: 'Pod' };
    const marked = store.remove(pod, { gracePeriodSeconds: 30 });
    assert.equal(marked?.metadata.deletionGracePeriodSeconds, 30);
    const touched = store.modify(pod, current => ({
      ...current,
      status: { phase: 'Running' },
    }));
    assert.deepEqual(touched?.status, { phase: 'Running' });
    store.remove(pod, { uid: marked?.metadata.uid });
    assert.equal(store.get(pod), undefined);
  });

  it('does not remove an object of the same name with another uid', () => {
    store.create(configMap('a'));
    assert.throws(() => store.remove(key('a'), { uid: 'another' }), {
      reason: 'Conflict',
    });
    assert.ok(store.get(key('a')));
  });

  it('remembers everything over a restart, and never gives a revision twice', () => {
    store.create(configMap('a'));
    store.create(configMap('b', { k: '1' }));
    store.remove(key('a'));
    reopen();
    assert.deepEqual(
      store.list(scope).items.map(item => item.metadata.name),
      ['b'],
    );
    assert.equal(store.create(configMap('c')).metadata.resourceVersion, '4');
  });

  it('lists one namespace or all, sorted by namespace and name', () => {
    for (const [namespace, name] of [
      ['b', 'x'],
      ['a', 'z'],
      ['a', 'y'],
    ]) {
      store.create({ ...configMap(name), metadata: { name, namespace } });
    }
    const names = (namespace?: string) =>
      store
        .list({ ...scope, namespace })
        .items.map(item => `${item.metadata.namespace}/${item.metadata.name}`);
    assert.deepEqual(names(), ['a/y', 'a/z', 'b/x']);
    assert.deepEqual(names('a'), ['a/y', 'a/z']);
  });

  it('tells watchers what changed in order, even when a watcher writes', async () => {
    const stop = store.watch(scope, ({ type, object }) => {
      if (type === 'ADDED' && object.metadata.name === 'a')
        store.create(configMap('reaction'));
    });
    const events = record();
    store.create(configMap('a'));
    store.remove(key('a'));
    await delivered();
    stop();
    assert.deepEqual(seen(events), ['ADDED a', 'DELETED a', 'ADDED reaction']);
  });

  it('resumes a watch from a revision, also over a restart, with the state before each change', async () => {
    const first = store.create(configMap('a', { k: '1' }));
    store.update({ ...first, data: { k: '2' } });
    store.create({ ...configMap('other'), kind: 'Secret' });
    reopen();
    const events = record(first.metadata.resourceVersion);
    store.remove(key('a'));
    await delivered();
    assert.deepEqual(seen(events), ['MODIFIED a', 'DELETED a']);
    assert.deepEqual(events[0].previous?.data, { k: '1' });
  });

  it('answers Expired for a revision beyond the history, and for one of the future', () => {
    store.close();
    store = open(10);
    for (let n = 0; n < 40; n += 1) store.create(configMap(`c${n}`));
    assert.throws(() => record('5'), { reason: 'Expired', code: 410 });
    assert.throws(() => record('1000'), { reason: 'Expired' });
    assert.throws(() => record('banana'), { reason: 'BadRequest' });
    assert.doesNotThrow(() => record('35'));
  });

  it('stops telling a watcher that left', async () => {
    const events: WatchEvent[] = [];
    const stop = store.watch(scope, event => events.push(event));
    store.create(configMap('a'));
    stop();
    await delivered();
    assert.deepEqual(events, []);
  });
});
