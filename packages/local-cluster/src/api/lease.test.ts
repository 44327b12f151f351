import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startApi } from './testing/api-fixture.ts';

const LEASES = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';

test("the node's lease is renewed when it is read, and not more often than every ten seconds", async t => {
  const api = await startApi();
  t.after(() => api.stop());
  const agoMs = Date.now() - 60_000;
  api.store.modify(
    {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      namespace: 'kube-node-lease',
      name: 'local',
    },
    current => ({
      ...current,
      spec: {
        holderIdentity: 'local',
        leaseDurationSeconds: 40,
        renewTime: new Date(agoMs).toISOString(),
      },
    }),
  );
  const { body } = await api.request('GET', `${LEASES}/local`);
  assert.equal(body.spec.holderIdentity, 'local');
  assert.match(body.spec.renewTime, /^[\d-]+T[\d:]+\.\d{6}Z$/);
  assert.ok(Date.parse(body.spec.renewTime) - agoMs >= 60_000);
  const list = await api.request('GET', LEASES);
  assert.deepEqual(list.body.items, [body]);
  const refused = await api.request('DELETE', `${LEASES}/local`);
  assert.equal(refused.code, 405);
});

test('the namespace of the lease may not be deleted', async t => {
  const api = await startApi();
  t.after(() => api.stop());
  const path = '/api/v1/namespaces/kube-node-lease';
  const { code, body } = await api.request('DELETE', path);
  assert.equal(code, 403, JSON.stringify(body));
});
