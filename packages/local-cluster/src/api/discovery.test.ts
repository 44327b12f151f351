import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ApiFixture, startApi } from './testing/api-fixture.ts';

describe('kinds of the API', () => {
  let api: ApiFixture;
  before(async () => {
    api = await startApi();
  });
  after(async () => {
    await api.stop();
    assert.deepEqual(api.unexpected, []);
  });

  it('are found by discovery, aggregated and plain, with their subresources', async () => {
    const aggregated = await api.request('GET', '/apis', {
      headers: {
        accept:
          'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
      },
    });
    assert.equal(aggregated.body.kind, 'APIGroupDiscoveryList');
    assert.match(
      aggregated.headers.get('content-type') ?? '',
      /as=APIGroupDiscoveryList/,
    );
    const apps = aggregated.body.items.find(
      (group: { metadata: { name: string } }) => group.metadata.name === 'apps',
    );
    assert.equal(apps.versions[0].resources[0].resource, 'deployments');
    const plain = await api.request('GET', '/apis');
    assert.equal(plain.body.kind, 'APIGroupList');
    assert.equal(
      (await api.request('GET', '/apis/apps')).body.kind,
      'APIGroup',
    );
    const resources = await api.request('GET', '/apis/apps/v1');
    assert.ok(
      resources.body.resources.some(
        (each: { name: string; kind: string }) =>
          each.name === 'deployments/scale' && each.kind === 'Scale',
      ),
    );
  });
});
