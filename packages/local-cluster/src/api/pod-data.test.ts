import assert from 'node:assert/strict';
import { totalmem } from 'node:os';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { ApiError } from '../api-error.ts';
import type { LogQuery, PodLogs, PodMetrics } from '../types.ts';
import { type ApiFixture, pod, PODS, startApi } from './testing/api-fixture.ts';

const METRICS = '/apis/metrics.k8s.io/v1beta1';

describe('what the kubelet knows of pods', () => {
  let api: ApiFixture;
  const asked: LogQuery[] = [];
  const logs: PodLogs = {
    async *read({ metadata }, query) {
      asked.push(query);
      if (metadata.name === 'mute') {
        throw new ApiError('BadRequest', 'the container has not started');
      }
      yield 'first';
      yield 'second';
      if (query.follow) await once(query.signal, 'abort');
    },
  };
  const metrics: PodMetrics = {
    usage: namespace =>
      ['a', 'mute'].flatMap(name =>
        namespace === undefined || namespace === 'default'
          ? [
              {
                namespace: 'default',
                pod: name,
                container: 'main',
                cpuCores: 0.25,
                memoryBytes: 64 * 1024 * 1024,
                at: '2026-01-01T00:00:00Z',
                windowSeconds: 15,
              },
            ]
          : [],
      ),
  };
  before(async () => {
    api = await startApi({ logs, metrics });
    for (const name of ['a', 'mute'])
      await api.request('POST', PODS, { body: pod(name) });
  });
  after(async () => {
    await api.stop();
    assert.deepEqual(api.unexpected, []);
  });

  it('are logs, asked for as kubectl does', async () => {
    const { code, body, headers } = await api.request(
      'GET',
      `${PODS}/a/log?tailLines=5&sinceSeconds=60&timestamps=true&previous=true&limitBytes=100&container=main`,
    );
    assert.equal(code, 200);
    assert.equal(body, 'first\nsecond\n');
    assert.match(headers.get('content-type') ?? '', /text\/plain/);
    const { signal: _, ...query } = asked.at(-1) ?? {};
    assert.deepEqual(query, {
      follow: false,
      previous: true,
      timestamps: true,
      tailLines: 5,
      limitBytes: 100,
      sinceSeconds: 60,
      sinceTime: undefined,
    });
  });

  it('are logs that are followed until the client leaves', async () => {
    const leaving = new AbortController();
    const response = await api.open(`${PODS}/a/log?follow=true`, {
      signal: leaving.signal,
    });
    const reader = response.body?.getReader();
    let text = '';
    while (!text.includes('second')) {
      text += new TextDecoder().decode((await reader?.read())?.value);
    }
    const signal = asked.at(-1)?.signal;
    const told = signal && once(signal, 'abort');
    leaving.abort();
    await told;
    assert.equal(signal?.aborted, true);
  });

  it('are logs with clear errors when there are none', async () => {
    const cases: [string, number, RegExp][] = [
      ['mute/log', 400, /has not started/],
      ['none/log', 404, /pods "none" not found/],
      [
        'a/log?container=other',
        400,
        /container other is not valid.*it has main/,
      ],
      ['a/log?tailLines=many', 400, /tailLines=many/],
      ['a/log?sinceTime=yesterday', 400, /sinceTime=yesterday.*RFC 3339/],
      [
        'a/log?sinceTime=2026-01-01T00:00:00Z&sinceSeconds=1',
        400,
        /at most one/,
      ],
    ];
    for (const [path, code, message] of cases) {
      const answer = await api.request('GET', `${PODS}/${path}`);
      assert.equal(answer.code, code, path);
      assert.match(answer.body.message, message);
    }
  });

  it('is usage, as the metrics server tells it', async () => {
    const { body: list } = await api.request('GET', `${METRICS}/pods`);
    assert.equal(list.kind, 'PodMetricsList');
    assert.equal(list.items.length, 2);
    const { body: selected } = await api.request(
      'GET',
      `${METRICS}/namespaces/default/pods?labelSelector=app%3Da`,
    );
    assert.equal(selected.items.length, 1);
    const { body } = await api.request(
      'GET',
      `${METRICS}/namespaces/default/pods/a`,
    );
    assert.equal(body.window, '15s');
    assert.deepEqual(body.containers, [
      { name: 'main', usage: { cpu: '250000000n', memory: '65536Ki' } },
    ]);
    const none = await api.request(
      'GET',
      `${METRICS}/namespaces/default/pods/none`,
    );
    assert.equal(none.code, 404);
    assert.deepEqual(
      (await api.request('GET', `${METRICS}/namespaces/other/pods`)).body.items,
      [],
    );
  });

  it('has the usage of the machine beside it, for the node', async () => {
    const { code, body } = await api.request('GET', `${METRICS}/nodes`);
    assert.equal(code, 200, JSON.stringify(body));
    const [{ kind, metadata, usage }] = body.items;
    assert.equal(kind, 'NodeMetrics');
    assert.equal(metadata.name, 'local');
    assert.match(usage.cpu, /^\d+n$/);
    const bytes = Number(/^(\d+)Ki$/.exec(usage.memory)?.[1]) * 1024;
    assert.ok(bytes > 0 && bytes < totalmem(), usage.memory);
    const one = await api.request('GET', `${METRICS}/nodes/local`);
    assert.equal(one.body.metadata.name, 'local');
    const none = await api.request('GET', `${METRICS}/nodes/other`);
    assert.equal(none.code, 404);
    const selected = `${METRICS}/nodes?labelSelector=disk=ssd`;
    assert.deepEqual((await api.request('GET', selected)).body.items, []);
  });
});
