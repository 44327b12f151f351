import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type Answer,
  type ApiFixture,
  CONFIG_MAPS,
  configMap,
  DEPLOYMENTS,
  deployment,
  SERVICES,
  startApi,
  STRATEGIC,
} from './testing/api-fixture.ts';

const SPREAD = { maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' };

describe('a strategic merge patch', () => {
  let api: ApiFixture;
  before(async () => {
    api = await startApi();
    await api.request('POST', DEPLOYMENTS, {
      body: deployment(
        'web',
        {},
        {
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
            { name: 'C', value: '3' },
          ],
          ports: [{ name: 'http', containerPort: 8080 }],
          args: ['--one', '--two'],
        },
      ),
    });
  });
  after(async () => {
    await api.stop();
    assert.deepEqual(api.unexpected, []);
  });

  const patch = (path: string, body: unknown, type = STRATEGIC) =>
    api.request('PATCH', path, { body, type });
  /** What the Deployment would be, so that no test depends on another. */
  const dry = (body: unknown) => patch(`${DEPLOYMENTS}/web?dryRun=All`, body);
  const onPod = (spec: object) => dry({ spec: { template: { spec } } });
  const onContainer = (container: object) =>
    onPod({ containers: [{ name: 'main', ...container }] });
  const containerOf = ({ code, body }: Answer) => {
    assert.equal(code, 200, JSON.stringify(body));
    return body.spec.template.spec.containers[0];
  };

  it('changes one container, variable or port and leaves its neighbours', async () => {
    const patched = containerOf(
      await onContainer({
        image: 'web:2',
        env: [{ name: 'B', value: 'two' }],
        ports: [{ containerPort: 8080, name: 'web' }],
      }),
    );
    assert.equal(patched.image, 'web:2');
    assert.deepEqual(patched.args, ['--one', '--two']);
    assert.deepEqual(patched.env, [
      { name: 'A', value: '1' },
      { name: 'B', value: 'two' },
      { name: 'C', value: '3' },
    ]);
    assert.deepEqual(patched.ports, [
      { name: 'web', containerPort: 8080, protocol: 'TCP' },
    ]);
  });

  it('puts what is new before what was there, unless an order is given', async () => {
    const added = { name: 'D', value: '4' };
    const names = (answer: Answer) =>
      containerOf(answer).env.map(({ name }: { name: string }) => name);
    assert.deepEqual(names(await onContainer({ env: [added] })), [
      'D',
      'A',
      'B',
      'C',
    ]);
    const order = ['C', 'D', 'A'].map(name => ({ name }));
    const ordered = await onContainer({
      '$setElementOrder/env': order,
      env: [added],
    });
    // B stays before C, as it was.
    assert.deepEqual(names(ordered), ['B', 'C', 'D', 'A']);
    const only = await onContainer({ '$setElementOrder/env': order });
    assert.deepEqual(names(only), ['B', 'C', 'A']);
  });

  it('deletes by null, deletes items, and replaces lists and objects whole', async () => {
    const changed = containerOf(
      await onContainer({
        env: [
          { name: 'A', $patch: 'delete' },
          { name: 'gone', $patch: 'delete' },
        ],
        args: null,
      }),
    );
    assert.deepEqual(
      changed.env.map(({ name }: { name: string }) => name),
      ['B', 'C'],
    );
    assert.equal(changed.args, undefined);
    const replaced = containerOf(
      await onContainer({
        env: [{ $patch: 'replace' }, { name: 'Z', value: '26' }],
        args: ['--three'],
      }),
    );
    assert.deepEqual(replaced.env, [{ name: 'Z', value: '26' }]);
    assert.deepEqual(replaced.args, ['--three']);
    const { body } = await dry({
      spec: {
        strategy: { $patch: 'replace', type: 'Recreate' },
        template: { metadata: { annotations: { $patch: 'delete' } } },
      },
    });
    assert.deepEqual(body.spec.strategy, { type: 'Recreate' });
  });

  it('keeps only what $retainKeys names, as a change to Recreate needs', async () => {
    const strategy = { $retainKeys: ['type'], type: 'Recreate' };
    const { body } = await dry({ spec: { strategy } });
    assert.deepEqual(body.spec.strategy, { type: 'Recreate' });
    const without = await dry({ spec: { strategy: { type: 'Recreate' } } });
    assert.match(without.body.message, /rollingUpdate: Forbidden/);
    const wrong = await dry({
      spec: { strategy: { ...strategy, rollingUpdate: { maxSurge: 1 } } },
    });
    assert.equal(wrong.code, 400);
    assert.match(
      wrong.body.message,
      /at spec\.strategy: \$retainKeys does not name rollingUpdate/,
    );
  });

  it('merges sets of plain values, and takes members out', async () => {
    const path = `${CONFIG_MAPS}/held`;
    const held = configMap('held');
    await api.request('POST', CONFIG_MAPS, {
      body: {
        ...held,
        metadata: {
          ...held.metadata,
          finalizers: ['a.example/x', 'b.example/x'],
        },
      },
    });
    const finalizers = async (metadata: object) =>
      (await patch(path, { metadata })).body.metadata.finalizers;
    assert.deepEqual(
      (await finalizers({ finalizers: ['c.example/x', 'a.example/x'] })).sort(),
      ['a.example/x', 'b.example/x', 'c.example/x'],
    );
    const removed = await finalizers({
      '$deleteFromPrimitiveList/finalizers': ['b.example/x', 'none'],
      '$setElementOrder/finalizers': ['c.example/x', 'a.example/x'],
    });
    assert.deepEqual(removed, ['c.example/x', 'a.example/x']);
    await patch(path, { metadata: { finalizers: null } });
    await api.request('DELETE', path);
  });

  it('treats each list as Kubernetes does: some are one value, some have keys', async () => {
    const lists = {
      tolerations: [{ operator: 'Exists' }],
      topologySpreadConstraints: [{ ...SPREAD, topologyKey: 'zone' }],
      imagePullSecrets: [{ name: 'one' }],
    };
    const made = deployment('lists');
    Object.assign(made.spec.template.spec, lists);
    await api.request('POST', DEPLOYMENTS, { body: made });
    const spec = {
      tolerations: [{ key: 'a', operator: 'Exists' }],
      topologySpreadConstraints: [{ ...SPREAD, topologyKey: 'host' }],
      imagePullSecrets: [{ name: 'two' }],
    };
    const { body } = await patch(`${DEPLOYMENTS}/lists`, {
      spec: { template: { spec } },
    });
    const pod = body.spec.template.spec;
    assert.deepEqual(pod.tolerations, spec.tolerations);
    assert.equal(pod.topologySpreadConstraints.length, 2);
    assert.deepEqual(pod.imagePullSecrets, [{ name: 'two' }, { name: 'one' }]);
    await api.request('POST', SERVICES, {
      body: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'svc' },
        spec: { selector: { app: 'a' }, ports: [{ name: 'a', port: 80 }] },
      },
    });
    const service = await patch(`${SERVICES}/svc`, {
      spec: {
        ports: [
          { port: 80, targetPort: 'http' },
          { name: 'b', port: 81 },
        ],
      },
    });
    assert.deepEqual(
      service.body.spec.ports
        .map(({ name, port }: Record<string, unknown>) => `${name}:${port}`)
        .sort(),
      ['a:80', 'b:81'],
    );
  });

  it('is taken by the status, whose conditions merge by their type', async () => {
    const path = `${DEPLOYMENTS}/web/status`;
    const condition = (type: string, status: string) => ({ type, status });
    await patch(path, {
      status: {
        conditions: [condition('Available', 'True'), condition('X', 'True')],
      },
      spec: { replicas: 9 },
    });
    const { body } = await patch(path, {
      status: { conditions: [condition('X', 'False')] },
    });
    assert.deepEqual(body.status.conditions, [
      condition('Available', 'True'),
      condition('X', 'False'),
    ]);
    assert.equal(body.spec.replicas, 1);
  });

  it('is taken by the scale', async () => {
    const { code, body } = await patch(`${DEPLOYMENTS}/web/scale`, {
      spec: { replicas: 3 },
    });
    assert.equal(code, 200, JSON.stringify(body));
    assert.equal(body.kind, 'Scale');
    assert.equal(body.spec.replicas, 3);
    await patch(`${DEPLOYMENTS}/web/scale`, { spec: { replicas: 1 } });
  });

  it('is refused where it is malformed, with the place', async () => {
    const cases: [string, unknown, number, RegExp][] = [
      ['no object', [1], 400, /must be an object/],
      [
        'an unknown directive',
        { spec: { $merge: true } },
        400,
        /malformed at spec: unknown directive \$merge; its directives are \$patch/,
      ],
      [
        'an unknown action',
        { spec: { template: { $patch: 'remove' } } },
        400,
        /at spec\.template: \$patch: "remove": must be delete, replace or merge/,
      ],
      [
        'an order that is no list',
        { metadata: { '$setElementOrder/finalizers': 'a' } },
        400,
        /at metadata: \$setElementOrder\/finalizers must be a list/,
      ],
    ];
    for (const [what, body, code, message] of cases) {
      const answer = await dry(body);
      assert.equal(answer.code, code, what);
      assert.match(answer.body.message, message, what);
    }
    const keyless = await onContainer({ env: [{ value: '1' }] });
    assert.equal(keyless.code, 422);
    assert.match(
      keyless.body.message,
      /containers\[0\]\.env\[0\]: .*does not contain declared merge key: name/,
    );
    const order = await onContainer({
      '$setElementOrder/env': [{ name: 'A' }, { name: 'B' }],
      env: [
        { name: 'B', value: 'x' },
        { name: 'A', value: 'x' },
      ],
    });
    assert.equal(order.code, 400);
    assert.match(order.body.message, /does not match its \$setElementOrder/);
  });

  it('leaves unknown and refused fields to be named by those who check them', async () => {
    const unknown = await patch(
      `${DEPLOYMENTS}/web?fieldValidation=Strict`,
      { spec: { replicaz: 2 } },
      `${STRATEGIC}; charset=utf-8`,
    );
    assert.match(unknown.body.message, /unknown field "spec\.replicaz"/);
    const volumes = await onPod({
      '$setElementOrder/volumes': [{ name: 'v' }],
      volumes: [{ name: 'v', emptyDir: {} }],
    });
    assert.equal(volumes.code, 422);
    assert.match(volumes.body.message, /spec\.volumes: Forbidden/);
  });
});
