import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type ApiFixture,
  APPLY,
  CONFIG_MAPS,
  configMap,
  DEPLOYMENTS,
  deployment,
  JSON_PATCH,
  MERGE,
  startApi,
  STRATEGIC,
} from './testing/api-fixture.ts';

describe('server-side apply', () => {
  let api: ApiFixture;
  before(async () => {
    api = await startApi();
  });
  after(async () => {
    await api.stop();
    assert.deepEqual(api.unexpected, []);
  });

  const applyData = (
    name: string,
    manager: string,
    data: object,
    force = false,
  ) =>
    api.apply(
      `${CONFIG_MAPS}/${name}`,
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data },
      `fieldManager=${manager}${force ? '&force=true' : ''}`,
    );
  const dataOf = async (name: string) =>
    (await api.request('GET', `${CONFIG_MAPS}/${name}`)).body.data;

  it('creates, and then changes nothing when the same is applied again', async () => {
    const first = await applyData('same', 'a', { k: '1' });
    assert.equal(first.code, 201);
    const second = await applyData('same', 'a', { k: '1' });
    assert.equal(second.code, 200);
    assert.deepEqual(second.body, first.body);
  });

  it('does not restart the count of generations when a Deployment is applied again', async () => {
    const path = `${DEPLOYMENTS}/again`;
    const wanted = deployment('again', { replicas: 2 });
    const first = await api.apply(path, wanted);
    const second = await api.apply(path, wanted);
    assert.deepEqual(second.body, first.body);
  });

  it('removes a field that its manager has stopped applying', async () => {
    await applyData('removal', 'a', { keep: '1', drop: '2' });
    await applyData('removal', 'a', { keep: '1' });
    assert.deepEqual(await dataOf('removal'), { keep: '1' });
  });

  it('keeps a field as long as one manager applies it', async () => {
    await applyData('shared', 'a', { both: '1', mine: 'a' });
    await applyData('shared', 'b', { both: '1', theirs: 'b' });
    await applyData('shared', 'a', { mine: 'a' });
    assert.deepEqual(await dataOf('shared'), {
      both: '1',
      mine: 'a',
      theirs: 'b',
    });
    await applyData('shared', 'b', {});
    assert.deepEqual(await dataOf('shared'), { mine: 'a' });
  });

  it('refuses to change what another manager set, naming the field and the manager', async () => {
    await applyData('conflict', 'a', { k: '1' });
    const refused = await applyData('conflict', 'b', { k: '2' });
    assert.equal(refused.code, 409);
    assert.deepEqual(refused.body.details.causes, [
      {
        reason: 'FieldManagerConflict',
        message: 'conflict with "a"',
        field: '.data.k',
      },
    ]);
    assert.deepEqual(await dataOf('conflict'), { k: '1' });
  });

  it('takes the field over when forced, so that its former manager no longer removes it', async () => {
    await applyData('forced', 'a', { k: '1' });
    assert.equal((await applyData('forced', 'b', { k: '2' }, true)).code, 200);
    await applyData('forced', 'a', {});
    assert.deepEqual(await dataOf('forced'), { k: '2' });
  });

  it('gives a field to whoever changed it by an update', async () => {
    await applyData('updated', 'a', { k: '1', other: 'x' });
    await api.request('PATCH', `${CONFIG_MAPS}/updated?fieldManager=person`, {
      body: { data: { k: '2' } },
      type: MERGE,
    });
    const refused = await applyData('updated', 'a', { k: '1', other: 'x' });
    assert.equal(refused.code, 409);
    assert.match(refused.body.message, /conflict with "person": \.data\.k/);
    const { body } = await api.request('GET', `${CONFIG_MAPS}/updated`);
    assert.deepEqual(
      body.metadata.managedFields.map(
        ({ manager, operation, fieldsV1 }: Record<string, unknown>) => ({
          manager,
          operation,
          fieldsV1,
        }),
      ),
      [
        {
          manager: 'a',
          operation: 'Apply',
          fieldsV1: { 'f:data': { 'f:other': {} } },
        },
        {
          manager: 'person',
          operation: 'Update',
          fieldsV1: { 'f:data': { 'f:k': {} } },
        },
      ],
    );
  });

  it('merges containers, ports and variables by their keys, not by their place', async () => {
    const path = `${DEPLOYMENTS}/lists`;
    const apply = (manager: string, container: object) =>
      api.apply(
        path,
        deployment('lists', {}, container),
        `fieldManager=${manager}&force=true`,
      );
    await apply('a', {
      env: [
        { name: 'FIRST', value: '1' },
        { name: 'SECOND', value: '2' },
      ],
      ports: [{ containerPort: 80 }],
    });
    await apply('b', { env: [{ name: 'THIRD', value: '3' }] });
    const { body } = await apply('a', {
      env: [{ name: 'SECOND', value: 'two' }],
      ports: [{ containerPort: 80, protocol: 'TCP', name: 'http' }],
    });
    const [container] = body.spec.template.spec.containers;
    assert.deepEqual(container.env, [
      { name: 'SECOND', value: 'two' },
      { name: 'THIRD', value: '3' },
    ]);
    assert.deepEqual(container.ports, [
      { containerPort: 80, protocol: 'TCP', name: 'http' },
    ]);
  });

  it('leaves alone what nobody applied: what controllers wrote, and defaults', async () => {
    const path = `${DEPLOYMENTS}/untouched`;
    const strategy = { type: 'Recreate' };
    const { body: made } = await api.apply(
      path,
      deployment('untouched', { replicas: 3, strategy }),
    );
    assert.deepEqual(made.spec.strategy, strategy);
    const key = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'default',
      name: 'untouched',
    };
    api.store.modify(key, current => ({
      ...current,
      metadata: { ...current.metadata, annotations: { revision: '1' } },
      status: { readyReplicas: 3 },
    }));
    const { body } = await api.apply(path, deployment('untouched'));
    assert.deepEqual(body.metadata.annotations, { revision: '1' });
    assert.deepEqual(body.status, { readyReplicas: 3 });
    // These were applied and are no longer: back to the defaults.
    assert.equal(body.spec.replicas, 1);
    assert.equal(body.spec.strategy.type, 'RollingUpdate');
  });

  it('removes secret values that are no longer applied, also those written as text', async () => {
    const path = '/api/v1/namespaces/default/secrets/plain';
    const secret = (stringData: object) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'plain' },
      stringData,
    });
    await api.apply(path, secret({ a: '1', b: '2' }));
    const { body } = await api.apply(path, secret({ a: '1' }));
    assert.deepEqual(body.data, { a: 'MQ==' });
  });

  it('reads YAML, and says where it is broken', async () => {
    const path = `${CONFIG_MAPS}/yaml?fieldManager=a`;
    const good = await api.request('PATCH', path, {
      body: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: yaml\ndata: {k: v}\n',
      type: APPLY,
    });
    assert.deepEqual(good.body.data, { k: 'v' });
    const broken = await api.request('PATCH', path, {
      body: 'apiVersion: v1\nkind: ConfigMap\n  data: [',
      type: APPLY,
    });
    assert.equal(broken.code, 400);
    assert.match(broken.body.message, /not valid YAML.*line \d+/s);
  });

  it('asks for a field manager, and for an object without managedFields', async () => {
    const path = `${CONFIG_MAPS}/asks`;
    assert.equal((await api.apply(path, configMap('asks'), '')).code, 400);
    const managed = configMap('asks');
    const refused = await api.apply(path, {
      ...managed,
      metadata: { ...managed.metadata, managedFields: [] },
    });
    assert.match(refused.body.message, /managedFields must be nil/);
    const absent = await api.apply(path, {
      ...managed,
      metadata: { ...managed.metadata, resourceVersion: '1' },
    });
    assert.equal(absent.code, 409);
  });

  it('does not store a dry run', async () => {
    await applyData('dry', 'a', { k: '1' });
    const dry = await api.apply(
      `${CONFIG_MAPS}/dry`,
      configMap('dry', { k: '2' }),
      'fieldManager=a&dryRun=All',
    );
    assert.deepEqual(dry.body.data, { k: '2' });
    assert.deepEqual(await dataOf('dry'), { k: '1' });
  });

  it('lets go of a manager that owns nothing any more', async () => {
    await applyData('empty', 'a', { k: '1' });
    await applyData('empty', 'b', { k: '2' }, true);
    const { body } = await api.request('GET', `${CONFIG_MAPS}/empty`);
    assert.deepEqual(
      body.metadata.managedFields.map(
        (each: { manager: string }) => each.manager,
      ),
      ['b'],
    );
  });
});

describe('patches', () => {
  let api: ApiFixture;
  before(async () => {
    api = await startApi();
  });
  after(async () => {
    await api.stop();
    assert.deepEqual(api.unexpected, []);
  });
  const patch = (name: string, type: string, body: unknown) =>
    api.request('PATCH', `${CONFIG_MAPS}/${name}`, { body, type });

  it('by merge change and remove fields', async () => {
    await api.request('POST', CONFIG_MAPS, {
      body: configMap('merge', { a: '1', b: '2' }),
    });
    const { body } = await patch('merge', MERGE, {
      data: { a: null, b: '3', c: '4' },
    });
    assert.deepEqual(body.data, { b: '3', c: '4' });
    const stale = await patch('merge', MERGE, {
      metadata: { resourceVersion: '1' },
      data: { b: '5' },
    });
    assert.equal(stale.code, 409);
  });

  it('by JSON patch add, test, move, replace and remove', async () => {
    const made = configMap('json', { a: '1' });
    await api.request('POST', CONFIG_MAPS, {
      body: {
        ...made,
        metadata: { ...made.metadata, annotations: { 'b/c': '2' } },
      },
    });
    const { body, code } = await patch('json', JSON_PATCH, [
      { op: 'test', path: '/data/a', value: '1' },
      { op: 'replace', path: '/data/a', value: '9' },
      {
        op: 'move',
        from: '/metadata/annotations/b~1c',
        path: '/data/moved',
      },
      { op: 'copy', from: '/data/a', path: '/data/copied' },
      { op: 'add', path: '/metadata/labels', value: { x: 'y' } },
    ]);
    assert.equal(code, 200, JSON.stringify(body));
    assert.deepEqual(body.data, { a: '9', moved: '2', copied: '9' });
    assert.deepEqual(body.metadata.labels, { x: 'y' });
    const failed = await patch('json', JSON_PATCH, [
      { op: 'remove', path: '/data/moved' },
      { op: 'test', path: '/data/a', value: '1' },
    ]);
    assert.equal(failed.code, 422);
    const missing = await patch('json', JSON_PATCH, [
      { op: 'remove', path: '/data/none' },
    ]);
    assert.match(missing.body.message, /\/data\/none/);
    const wrong = await patch('json', JSON_PATCH, [
      { op: 'increase', path: '/data/a' },
    ]);
    assert.equal(wrong.code, 400);
    const { body: kept } = await api.request('GET', `${CONFIG_MAPS}/json`);
    assert.equal(kept.data.moved, '2');
  });

  it('cannot rename an object or turn it into another kind', async () => {
    await api.request('POST', CONFIG_MAPS, { body: configMap('fixed') });
    assert.equal(
      (await patch('fixed', MERGE, { metadata: { name: 'other' } })).code,
      400,
    );
    assert.equal((await patch('fixed', MERGE, { kind: 'Secret' })).code, 400);
    assert.equal((await patch('fixed', MERGE, { metadata: null })).code, 200);
  });

  it('of a kind that is not supported are refused with those that are', async () => {
    await api.request('POST', CONFIG_MAPS, { body: configMap('cbor') });
    const { code, body } = await patch(
      'cbor',
      'application/apply-patch+cbor',
      {},
    );
    assert.equal(code, 415);
    for (const type of [APPLY, STRATEGIC, MERGE, JSON_PATCH])
      assert.ok(body.message.includes(type));
  });
});
