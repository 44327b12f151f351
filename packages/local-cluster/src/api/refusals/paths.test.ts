import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type ApiFixture,
  configMap,
  startApi,
} from '../testing/api-fixture.ts';

describe('the API refuses by name', () => {
  let api: ApiFixture;
  before(async () => {
    api = await startApi();
  });
  after(async () => {
    await api.stop();
    assert.deepEqual(api.unexpected, []);
  });

  it('kinds, groups, subresources and verbs that it does not have', async () => {
    const cases: [string, string, number, RegExp][] = [
      [
        'GET',
        '/apis/batch/v1/namespaces/default/jobs',
        404,
        /nothing at \/apis\/batch\/v1/,
      ],
      ['GET', '/apis/apps/v1beta1/deployments', 404, /nothing at/],
      [
        'GET',
        '/apis/apps/v1/namespaces/default/statefulsets',
        404,
        /does not have statefulsets in apps\/v1; it has/,
      ],
      [
        'GET',
        '/api/v1/namespaces/default/pods/a/exec',
        501,
        /does not support pods\/exec: .*logs/,
      ],
      [
        'GET',
        '/api/v1/namespaces/default/pods/a/portforward',
        501,
        /local-cluster\/url/,
      ],
      [
        'GET',
        '/api/v1/namespaces/default/pods/a/nonsense',
        404,
        /pods\/nonsense/,
      ],
      ['GET', '/api/v1/pods/a', 404, /are in namespaces/],
      [
        'GET',
        '/api/v1/namespaces/default/nodes',
        404,
        /nodes are not in namespaces/,
      ],
      [
        'DELETE',
        '/api/v1/nodes/local',
        405,
        /delete of nodes; nodes support get, list, watch/,
      ],
      ['POST', '/api/v1/pods', 405, /without a namespace/],
      ['DELETE', '/api/v1/namespaces', 405, /deletecollection of namespaces/],
      ['POST', '/api/v1/namespaces/default/pods/a', 405, /POST of pods/],
      ['GET', '/metrics', 404, /nothing at \/metrics; it serves/],
      ['GET', '/api/v1/namespaces/default/pods/%zz', 400, /percent-encoded/],
      [
        'PUT',
        '/apis/metrics.k8s.io/v1beta1/namespaces/default/pods/a',
        405,
        /pods and nodes can be read/,
      ],
      ['GET', '/openapi/v3/apis/batch/v1', 404, /no OpenAPI document/],
    ];
    for (const [method, path, code, message] of cases) {
      const answer = await api.request(method, path);
      assert.equal(
        answer.code,
        code,
        `${method} ${path}: ${JSON.stringify(answer.body)}`,
      );
      assert.match(answer.body.message, message);
      assert.equal(answer.body.kind, 'Status');
    }
  });

  it('objects in a namespace that is not there or is going, and the end of those that must stay', async () => {
    const missing = await api.request(
      'POST',
      '/api/v1/namespaces/none/configmaps',
      {
        body: configMap('a'),
      },
    );
    assert.equal(missing.code, 404);
    assert.match(missing.body.message, /namespaces "none" not found/);
    await api.request('POST', '/api/v1/namespaces', {
      body: {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'going' },
      },
    });
    const going = await api.request('DELETE', '/api/v1/namespaces/going');
    assert.equal(going.body.status.phase, 'Terminating');
    const late = await api.request(
      'POST',
      '/api/v1/namespaces/going/configmaps',
      {
        body: configMap('a'),
      },
    );
    assert.equal(late.code, 403);
    assert.equal(
      (await api.request('DELETE', '/api/v1/namespaces/default')).code,
      403,
    );
  });
});
