import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type ApiFixture,
  CONFIG_MAPS,
  configMap,
  PODS,
  SERVICES,
  startApi,
} from './testing/api-fixture.ts';

describe('a list in pages', () => {
  let api: ApiFixture;
  const make = (name: string) =>
    api.request('POST', CONFIG_MAPS, { body: configMap(name, { n: '1' }) });
  before(async () => {
    api = await startApi();
    for (let n = 0; n < 6; n += 1) await make(`map-${n}`);
  });
  after(async () => {
    await api.stop();
    assert.deepEqual(api.unexpected, []);
  });

  const page = async (query: string) => {
    const { code, body } = await api.request('GET', `${CONFIG_MAPS}?${query}`);
    const items: { metadata: { name: string }; data: object }[] =
      body.items ?? [];
    return {
      code,
      body,
      names: items.map(({ metadata }) => metadata.name),
      data: items.map(({ data }) => data),
    };
  };

  it('shows the moment of its first page, whatever is written meanwhile', async () => {
    const first = await page('limit=2');
    assert.deepEqual(first.names, ['map-0', 'map-1']);
    assert.equal(first.body.metadata.remainingItemCount, 4);
    await api.request('DELETE', `${CONFIG_MAPS}/map-2`);
    await api.request('PUT', `${CONFIG_MAPS}/map-3`, {
      body: configMap('map-3', { n: '2' }),
    });
    await make('map-33');
    const token = first.body.metadata.continue;
    const second = await page(`limit=2&continue=${token}`);
    assert.deepEqual(second.names, ['map-2', 'map-3']);
    assert.deepEqual(second.data, [{ n: '1' }, { n: '1' }]);
    assert.equal(
      second.body.metadata.resourceVersion,
      first.body.metadata.resourceVersion,
    );
    const third = await page(
      `limit=2&continue=${second.body.metadata.continue}`,
    );
    assert.deepEqual(third.names, ['map-4', 'map-5']);
    assert.equal(third.body.metadata.continue, undefined);
    // The same page can be asked for again.
    assert.deepEqual(
      (await page(`limit=2&continue=${token}`)).names,
      second.names,
    );
    assert.deepEqual((await page('')).names, [
      'map-0',
      'map-1',
      'map-3',
      'map-33',
      'map-4',
      'map-5',
    ]);
  });

  it('that waited too long is told 410 Expired, with a token for what there is now', async () => {
    const first = await page('limit=2');
    const { continue: token } = first.body.metadata;
    for (let n = 0; n < 60; n += 1) {
      await make(`late-${n}`);
      await page('limit=1');
    }
    const late = await page(`limit=2&continue=${token}`);
    assert.equal(late.code, 410);
    assert.equal(late.body.reason, 'Expired');
    assert.match(late.body.message, /continue parameter is too old/);
    const rest = await page(`continue=${late.body.metadata.continue}`);
    assert.equal(rest.code, 200);
    assert.ok(rest.names.includes('map-5') && !rest.names.includes('map-0'));
    for (let n = 0; n < 60; n += 1) {
      await api.request('DELETE', `${CONFIG_MAPS}/late-${n}`);
    }
  });

  it('is asked for at a version', async () => {
    const first = await page('limit=2');
    const { resourceVersion } = first.body.metadata;
    await make('newer');
    const at = (query: string) => page(`resourceVersion=${query}`);
    const exact = await at(`${resourceVersion}&resourceVersionMatch=Exact`);
    assert.equal(exact.body.metadata.resourceVersion, resourceVersion);
    assert.ok(!exact.names.includes('newer'));
    const notOlder = await at(
      `${resourceVersion}&resourceVersionMatch=NotOlderThan`,
    );
    assert.ok(notOlder.names.includes('newer'));
    const gone = await at('1&resourceVersionMatch=Exact');
    assert.equal(gone.body.reason, 'Expired');
    assert.equal((await at('999999')).body.reason, 'Expired');
    assert.equal((await at('soon')).code, 400);
  });

  it('refuses options that do not go together', async () => {
    const cases: [string, RegExp][] = [
      [
        'resourceVersionMatch=Exact',
        /is forbidden unless resourceVersion is provided/,
      ],
      [
        'resourceVersionMatch=Exact&resourceVersion=0',
        /forbidden for resourceVersion "0"/,
      ],
      [
        'resourceVersionMatch=Newest&resourceVersion=1',
        /supported values: "Exact", "NotOlderThan"/,
      ],
      ['sendInitialEvents=true', /is forbidden for list/],
      [
        'watch=true&sendInitialEvents=true',
        /requires setting resourceVersionMatch to NotOlderThan/,
      ],
      [
        'watch=true&resourceVersionMatch=Exact',
        /forbidden for watch unless sendInitialEvents/,
      ],
    ];
    for (const [query, message] of cases) {
      const { code, body } = await page(query);
      assert.equal(code, 422, query);
      assert.match(body.message, message);
    }
  });

  it('names the field that a kind cannot be selected by, in the words of Kubernetes', async () => {
    const ask = async (path: string, selector: string) =>
      (await api.request('GET', `${path}?fieldSelector=${selector}`)).body;
    assert.match(
      (await ask(PODS, 'spec.image=a')).message,
      /^field label not supported: spec\.image; pods can be selected by metadata\.name, .*status\.phase/,
    );
    assert.equal(
      (await ask(CONFIG_MAPS, 'data.a=b')).message,
      '"data.a" is not a known field selector: only "metadata.name", "metadata.namespace"',
    );
    assert.deepEqual((await ask(SERVICES, 'spec.type=ClusterIP')).items, []);
    assert.equal(
      (await ask('/api/v1/nodes', 'spec.unschedulable=false')).items.length,
      1,
    );
  });
});
