import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type ApiFixture,
  CONFIG_MAPS,
  configMap,
  DEPLOYMENTS,
  deployment,
  pod,
  PODS,
  SERVICES,
  startApi,
} from './testing/api-fixture.ts';

describe('objects of the API', () => {
  let api: ApiFixture;
  before(async () => {
    api = await startApi();
  });
  after(async () => {
    await api.stop();
    assert.deepEqual(api.unexpected, []);
  });

  it('are created once, read, and gone after they were deleted', async () => {
    const made = await api.request('POST', CONFIG_MAPS, {
      body: configMap('once', { k: 'v' }),
    });
    assert.equal(made.code, 201);
    assert.equal(made.body.metadata.namespace, 'default');
    const again = await api.request('POST', CONFIG_MAPS, {
      body: configMap('once'),
    });
    assert.equal(again.code, 409);
    assert.equal(again.body.reason, 'AlreadyExists');
    assert.equal(again.body.kind, 'Status');
    const read = await api.request('GET', `${CONFIG_MAPS}/once`);
    assert.deepEqual(read.body, made.body);
    const gone = await api.request('DELETE', `${CONFIG_MAPS}/once`);
    assert.equal(gone.body.status, 'Success');
    assert.equal(gone.body.details.uid, made.body.metadata.uid);
    const missing = await api.request('GET', `${CONFIG_MAPS}/once`);
    assert.equal(missing.code, 404);
    assert.equal(missing.body.message, 'configmaps "once" not found');
    assert.deepEqual(missing.body.details, {
      name: 'once',
      group: '',
      kind: 'configmaps',
    });
  });

  it('are not overwritten from a stale copy', async () => {
    const { body: first } = await api.request('POST', CONFIG_MAPS, {
      body: configMap('stale', { n: '1' }),
    });
    const put = (data: object, metadata = first.metadata) =>
      api.request('PUT', `${CONFIG_MAPS}/stale`, {
        body: { ...first, metadata, data },
      });
    assert.equal((await put({ n: '2' })).code, 200);
    const refused = await put({ n: '3' });
    assert.equal(refused.code, 409);
    assert.equal(refused.body.reason, 'Conflict');
    assert.match(refused.body.message, /object has been modified/);
    const { resourceVersion: _, ...unversioned } = first.metadata;
    assert.equal((await put({ n: '4' }, unversioned)).code, 200);
    const other = { ...unversioned, uid: 'of-another-object' };
    assert.equal((await put({ n: '5' }, other)).code, 409);
    const { body } = await api.request('GET', `${CONFIG_MAPS}/stale`);
    assert.deepEqual(body.data, { n: '4' });
  });

  it('are found by labels and fields, and by nothing that the kind does not have', async () => {
    for (const [name, labels] of Object.entries({
      'sel-a': { app: 'x', tier: 'front' },
      'sel-b': { app: 'x' },
      'sel-c': { app: 'y' },
    })) {
      await api.request('POST', CONFIG_MAPS, {
        body: configMap(name, {}, labels),
      });
    }
    const names = async (query: string) => {
      const { code, body } = await api.request(
        'GET',
        `${CONFIG_MAPS}?${new URLSearchParams(query)}`,
      );
      assert.equal(code, 200, JSON.stringify(body));
      return body.items.map((item: { metadata: { name: string } }) =>
        item.metadata.name.replace('sel-', ''),
      );
    };
    assert.deepEqual(await names('labelSelector=app=x'), ['a', 'b']);
    assert.deepEqual(await names('labelSelector=app==x,tier'), ['a']);
    assert.deepEqual(await names('labelSelector=app=x,!tier'), ['b']);
    assert.deepEqual(
      await names('labelSelector=app in (x, y),tier notin (front)'),
      ['b', 'c'],
    );
    assert.deepEqual(await names('labelSelector=app,app!=x'), ['c']);
    assert.deepEqual(await names('fieldSelector=metadata.name=sel-b'), ['b']);
    assert.deepEqual(
      await names(
        'labelSelector=app&fieldSelector=metadata.name!=sel-b,metadata.namespace=default',
      ),
      ['a', 'c'],
    );
    for (const query of [
      'labelSelector=a=b=c',
      'labelSelector=a in b',
      'fieldSelector=data.k=v',
    ]) {
      const { code, body } = await api.request(
        'GET',
        `${CONFIG_MAPS}?${query}`,
      );
      assert.equal(code, 400, query);
      assert.match(
        body.message,
        /labelSelector|only "metadata\.name", "metadata\.namespace"/,
      );
    }
  });

  it('come in pages that together are the list', async () => {
    for (let n = 0; n < 7; n += 1) {
      await api.request('POST', CONFIG_MAPS, {
        body: configMap(`page-${n}`, {}, { paged: 'yes' }),
      });
    }
    const names: string[] = [];
    let token = '';
    let pages = 0;
    do {
      const { body } = await api.request(
        'GET',
        `${CONFIG_MAPS}?labelSelector=paged&limit=3&continue=${token}`,
      );
      names.push(
        ...body.items.map(
          (item: { metadata: { name: string } }) => item.metadata.name,
        ),
      );
      token = body.metadata.continue ?? '';
      pages += 1;
    } while (token !== '');
    assert.equal(pages, 3);
    assert.deepEqual(
      names,
      [0, 1, 2, 3, 4, 5, 6].map(n => `page-${n}`),
    );
    const wrong = await api.request(
      'GET',
      `${CONFIG_MAPS}?limit=3&continue=nonsense`,
    );
    assert.equal(wrong.code, 400);
  });

  it('are not stored by a dry run, which answers what would be', async () => {
    const dry = await api.request('POST', `${CONFIG_MAPS}?dryRun=All`, {
      body: configMap('dry'),
    });
    assert.equal(dry.code, 201);
    assert.match(dry.body.metadata.uid, /-/);
    assert.equal((await api.request('GET', `${CONFIG_MAPS}/dry`)).code, 404);
    const { body: kept } = await api.request('POST', CONFIG_MAPS, {
      body: configMap('kept', { n: '1' }),
    });
    const changed = await api.request('PUT', `${CONFIG_MAPS}/kept?dryRun=All`, {
      body: { ...kept, data: { n: '2' } },
    });
    assert.deepEqual(changed.body.data, { n: '2' });
    await api.request('DELETE', `${CONFIG_MAPS}/kept?dryRun=All`);
    const { body } = await api.request('GET', `${CONFIG_MAPS}/kept`);
    assert.deepEqual(body, kept);
    const wrong = await api.request('POST', `${CONFIG_MAPS}?dryRun=Some`, {
      body: configMap('x'),
    });
    assert.equal(wrong.code, 400);
  });

  it('get the defaults that Kubernetes gives', async () => {
    const { body } = await api.request('POST', DEPLOYMENTS, {
      body: deployment(
        'defaults',
        {},
        {
          ports: [{ containerPort: 80 }],
          resources: { limits: { memory: '64Mi' } },
          readinessProbe: { httpGet: { port: 80 } },
        },
      ),
    });
    const {
      replicas,
      strategy,
      revisionHistoryLimit,
      progressDeadlineSeconds,
      template,
    } = body.spec;
    assert.deepEqual(
      { replicas, strategy, revisionHistoryLimit, progressDeadlineSeconds },
      {
        replicas: 1,
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
        },
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
      },
    );
    assert.equal(template.spec.restartPolicy, 'Always');
    assert.equal(template.spec.terminationGracePeriodSeconds, 30);
    const [container] = template.spec.containers;
    assert.equal(container.ports[0].protocol, 'TCP');
    assert.equal(container.imagePullPolicy, 'IfNotPresent');
    assert.deepEqual(container.resources.requests, { memory: '64Mi' });
    assert.deepEqual(container.readinessProbe, {
      httpGet: { port: 80, path: '/', scheme: 'HTTP' },
      timeoutSeconds: 1,
      periodSeconds: 10,
      successThreshold: 1,
      failureThreshold: 3,
    });
    const service = await api.request('POST', SERVICES, {
      body: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'defaults' },
        spec: { selector: { app: 'a' }, ports: [{ port: 80 }] },
      },
    });
    assert.equal(service.body.spec.type, 'ClusterIP');
    assert.equal(service.body.spec.clusterIP, '127.0.0.1');
    assert.deepEqual(service.body.spec.ports, [
      { port: 80, protocol: 'TCP', targetPort: 80 },
    ]);
  });

  it('keep what is secret as base64, however it was written', async () => {
    const secret = (more: object) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'secret' },
      ...more,
    });
    const path = '/api/v1/namespaces/default/secrets';
    const made = await api.request('POST', path, {
      body: secret({ data: { a: 'YQ==' }, stringData: { b: 'b' } }),
    });
    assert.deepEqual(made.body.data, { a: 'YQ==', b: 'Yg==' });
    assert.equal(made.body.stringData, undefined);
    assert.equal(made.body.type, 'Opaque');
    const wrong = await api.request('PUT', `${path}/secret`, {
      body: secret({ data: { a: 'not base64!' } }),
    });
    assert.equal(wrong.code, 422);
    assert.match(wrong.body.message, /data\[a\].*base64.*stringData/);
  });

  it('are deleted many at once by selector, and only with the right precondition', async () => {
    for (const name of ['many-a', 'many-b', 'many-c']) {
      const labels = { many: name === 'many-c' ? 'no' : 'yes' };
      await api.request('POST', CONFIG_MAPS, {
        body: configMap(name, {}, labels),
      });
    }
    const deleted = await api.request(
      'DELETE',
      `${CONFIG_MAPS}?labelSelector=many=yes`,
    );
    assert.equal(deleted.body.items.length, 2);
    const conditional = (preconditions: object) =>
      api.request('DELETE', `${CONFIG_MAPS}/many-c`, {
        body: { kind: 'DeleteOptions', apiVersion: 'v1', preconditions },
      });
    assert.equal((await conditional({ uid: 'another' })).code, 409);
    assert.equal((await conditional({ resourceVersion: '1' })).code, 409);
    const { body } = await api.request('GET', `${CONFIG_MAPS}/many-c`);
    assert.equal((await conditional({ uid: body.metadata.uid })).code, 200);
  });

  it('of kind Pod that run are given time to end', async () => {
    await api.request('POST', PODS, { body: pod('running') });
    api.store.modify(
      { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'running' },
      current => ({
        ...current,
        spec: { ...Object(current.spec), nodeName: 'local' },
      }),
    );
    const marked = await api.request(
      'DELETE',
      `${PODS}/running?gracePeriodSeconds=7`,
    );
    assert.equal(marked.body.metadata.deletionGracePeriodSeconds, 7);
    const { body } = await api.request('GET', `${PODS}/running`, {
      headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
    });
    assert.equal(body.rows[0].cells[2], 'Terminating');
    const forced = await api.request(
      'DELETE',
      `${PODS}/running?gracePeriodSeconds=0`,
    );
    assert.equal(forced.body.status, 'Success');
  });

  it('take a status apart from the rest', async () => {
    const { body: made } = await api.request('POST', PODS, {
      body: { ...pod('status'), status: { phase: 'Running' } },
    });
    assert.equal(made.status.phase, 'Pending');
    const { body: running } = await api.request(
      'PUT',
      `${PODS}/status/status`,
      {
        body: { ...made, status: { phase: 'Running' } },
      },
    );
    assert.equal(running.status.phase, 'Running');
    const { body: labelled } = await api.request('PUT', `${PODS}/status`, {
      body: {
        ...running,
        status: { phase: 'Failed' },
        metadata: { ...running.metadata, labels: { new: 'yes' } },
      },
    });
    assert.equal(labelled.status.phase, 'Running');
    assert.deepEqual(labelled.metadata.labels, { new: 'yes' });
  });

  it('scale by their own subresource', async () => {
    await api.request('POST', DEPLOYMENTS, { body: deployment('scaled') });
    const path = `${DEPLOYMENTS}/scaled/scale`;
    const { body: scale } = await api.request('GET', path);
    assert.equal(scale.kind, 'Scale');
    assert.deepEqual(scale.spec, { replicas: 1 });
    assert.equal(scale.status.selector, 'app=scaled');
    const put = await api.request('PUT', path, {
      body: { ...scale, spec: { replicas: 4 } },
    });
    assert.deepEqual(put.body.spec, { replicas: 4 });
    const stale = await api.request('PUT', path, {
      body: { ...scale, spec: { replicas: 5 } },
    });
    assert.equal(stale.code, 409);
    const patched = await api.request('PATCH', path, {
      body: { spec: { replicas: 2 } },
      type: 'application/merge-patch+json',
    });
    assert.deepEqual(patched.body.spec, { replicas: 2 });
    const wrong = await api.request('PATCH', path, {
      body: { spec: { replicas: -1 } },
      type: 'application/merge-patch+json',
    });
    assert.equal(wrong.code, 422);
    const { body } = await api.request('GET', `${DEPLOYMENTS}/scaled`);
    assert.equal(body.spec.replicas, 2);
    assert.equal(body.metadata.generation, 3);
  });

  it('are answered as YAML and as metadata alone to who asks for it', async () => {
    await api.request('POST', CONFIG_MAPS, {
      body: configMap('yaml', { k: 'v' }),
    });
    const yaml = await api.request('GET', `${CONFIG_MAPS}/yaml`, {
      headers: { accept: 'application/yaml' },
    });
    assert.match(yaml.body, /^data:\n {2}k: v$/m);
    const metadata = await api.request('GET', `${CONFIG_MAPS}/yaml`, {
      headers: {
        accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
      },
    });
    assert.equal(metadata.body.kind, 'PartialObjectMetadata');
    assert.equal(metadata.body.data, undefined);
    const protobuf = await api.request('GET', `${CONFIG_MAPS}/yaml`, {
      headers: { accept: 'application/vnd.kubernetes.protobuf' },
    });
    assert.equal(protobuf.code, 406);
  });
});
