import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import {
  type ApiFixture,
  CONFIG_MAPS,
  configMap,
  PODS,
  startApi,
  TOKEN,
} from '../testing/api-fixture.ts';

describe('the API refuses', () => {
  let api: ApiFixture;
  before(async () => {
    api = await startApi();
  });
  after(async () => {
    await api.stop();
    assert.deepEqual(api.unexpected, []);
  });

  it('bodies that are too large, torn, of another kind or for another place', async () => {
    const post = (body: unknown, type?: string) =>
      api.request('POST', CONFIG_MAPS, { body, type });
    const large = await post(
      configMap('large', { a: 'x'.repeat(3 * 1024 * 1024) }),
    );
    assert.equal(large.code, 413);
    assert.equal(large.body.reason, 'RequestEntityTooLarge');
    const torn = await post('{"kind": "ConfigMap", ');
    assert.equal(torn.code, 400);
    assert.match(torn.body.message, /not valid JSON.*position \d+/);
    assert.match(
      (await post('[]')).body.message,
      /must be one ConfigMap object/,
    );
    assert.match((await post('')).body.message, /no body/);
    assert.match(
      (await post('a: 1\n---\nb: 2', 'application/yaml')).body.message,
      /several documents/,
    );
    assert.equal((await post('x', 'text/plain')).code, 415);
    const protobuf = await post('k8s', 'application/vnd.kubernetes.protobuf');
    assert.match(protobuf.body.message, /not the protobuf of Kubernetes/);
    const kind = await post({ ...configMap('a'), kind: 'Secret' });
    assert.match(
      kind.body.message,
      /Secret in version "v1" cannot be handled as a ConfigMap/,
    );
    const place = await post({
      ...configMap('a'),
      metadata: { name: 'a', namespace: 'other' },
    });
    assert.match(place.body.message, /does not match the namespace sent/);
    const versioned = await post({
      ...configMap('a'),
      metadata: { name: 'a', resourceVersion: '1' },
    });
    assert.match(versioned.body.message, /resourceVersion should not be set/);
    assert.equal((await api.request('GET', CONFIG_MAPS)).code, 200);
  });

  it('a body that grows without end, and lets its sender read why', async () => {
    const socket = connect(api.port, '127.0.0.1');
    socket.write(
      `POST ${CONFIG_MAPS} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${TOKEN}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
    );
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    let answer = '';
    const send = () => {
      while (answer === '' && socket.write(chunk));
    };
    socket.on('drain', send);
    socket.on('error', () => {});
    socket.on('data', data => {
      answer += data;
      socket.end('0\r\n\r\n');
    });
    send();
    await once(socket, 'close');
    assert.match(answer, /^HTTP\/1.1 413 .*RequestEntityTooLarge/s);
    assert.equal((await api.request('GET', CONFIG_MAPS)).code, 200);
  });

  it('YAML that unfolds without end', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) => `l${n + 1}: &l${n + 1} [${Array(10).fill(`*l${n}`).join(',')}]`,
    );
    const { code } = await api.request('POST', CONFIG_MAPS, {
      body: `l0: &l0 [a]\n${levels.join('\n')}`,
      type: 'application/yaml',
    });
    assert.equal(code, 400);
  });

  it('JSON that nests without end', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const { code, body } = await api.request('POST', PODS, {
      body: `{"metadata":{"name":"deep"},"status":${deep}}`,
    });
    assert.equal(code, 400);
    assert.match(
      body.message,
      /status: expected a value of at most 100 levels/,
    );
  });
});
