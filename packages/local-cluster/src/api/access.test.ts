import assert from 'node:assert/strict';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type ApiFixture, startApi, TOKEN } from './testing/api-fixture.ts';

describe('access to the API', () => {
  let api: ApiFixture;
  before(async () => {
    api = await startApi();
  });
  after(async () => {
    await api.stop();
    assert.deepEqual(api.unexpected, []);
  });

  const overTls = (path: string, host: string, authorization?: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      httpsRequest(
        {
          host,
          port: api.port,
          path,
          ca: api.ca,
          headers: authorization ? { authorization } : {},
        },
        response => {
          response.resume();
          resolve(response.statusCode);
        },
      )
        .on('error', reject)
        .end();
    });

  it('is by TLS with the certificate of the cluster and by plain HTTP, on one port', async () => {
    assert.equal(await overTls('/api', '127.0.0.1', `Bearer ${TOKEN}`), 200);
    assert.equal(await overTls('/api', 'localhost', `Bearer ${TOKEN}`), 200);
    assert.equal((await api.request('GET', '/api')).code, 200);
    await assert.rejects(
      new Promise((_, reject) => {
        httpsRequest({ host: '127.0.0.1', port: api.port })
          .on('error', reject)
          .end();
      }),
      /self-signed|unable to verify/,
    );
  });

  it('needs the token, but for what tells nothing', async () => {
    for (const path of ['/livez', '/readyz', '/healthz', '/version']) {
      const { code } = await api.request('GET', path, {
        headers: { authorization: '' },
      });
      assert.equal(code, 200, path);
    }
    for (const authorization of [
      '',
      'Bearer wrong',
      `Bearer ${TOKEN}x`,
      `Basic ${TOKEN}`,
    ]) {
      for (const path of ['/api', '/images', '/openapi/v3', '/nothing']) {
        const { code, body } = await api.request('GET', path, {
          headers: { authorization },
        });
        assert.equal(code, 401, `${path} with "${authorization}"`);
        assert.equal(body.reason, 'Unauthorized');
      }
    }
  });

  const sendBytes = (bytes: string) =>
    new Promise<void>(resolve => {
      const socket = connect(api.port, '127.0.0.1', () => socket.end(bytes));
      socket
        .on('error', () => {})
        .on('close', () => resolve())
        .resume();
    });

  it('survives what is neither TLS nor HTTP', async () => {
    for (const bytes of [
      '',
      '\x16\x03\x01garbage',
      '\0\0\0\0',
      'GET x\r\n\r\n',
    ]) {
      await sendBytes(bytes);
    }
    assert.equal((await api.request('GET', '/api')).code, 200);
  });

  it('is reviewed as allowed, to the one user there is', async () => {
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const review = await api.request('POST', path, {
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { verb: 'delete', resource: 'pods' } },
      },
    });
    assert.equal(review.code, 201);
    assert.equal(review.body.status.allowed, true);
    const whoami = await api.request(
      'POST',
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      {
        body: {
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'SelfSubjectReview',
        },
      },
    );
    assert.equal(whoami.body.status.userInfo.username, 'local-cluster');
    assert.equal((await api.request('POST', path, { body: {} })).code, 400);
    assert.equal((await api.request('GET', path)).code, 405);
  });
});
