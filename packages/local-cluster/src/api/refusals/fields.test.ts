import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type ApiFixture,
  CONFIG_MAPS,
  configMap,
  DEPLOYMENTS,
  deployment,
  JSON_PATCH,
  pod,
  PODS,
  startApi,
} from '../testing/api-fixture.ts';

describe('of fields, the API refuses', () => {
  let api: ApiFixture;
  before(async () => {
    api = await startApi();
  });
  after(async () => {
    await api.stop();
    assert.deepEqual(api.unexpected, []);
  });

  it('an unknown field when checking is strict, and else warns of it and drops it', async () => {
    const body = { ...configMap('unknown'), dta: { a: 'b' } };
    const post = (query: string) =>
      api.request('POST', `${CONFIG_MAPS}?dryRun=All&${query}`, { body });
    const strict = await post('fieldValidation=Strict');
    assert.equal(strict.code, 400);
    assert.match(
      strict.body.message,
      /strict decoding error: unknown field "dta"/,
    );
    const warned = await post('fieldValidation=Warn');
    assert.equal(warned.code, 201);
    assert.equal(
      warned.headers.get('warning'),
      '299 - "unknown field \\"dta\\""',
    );
    assert.equal(warned.body.dta, undefined);
    const ignored = await post('fieldValidation=Ignore');
    assert.equal(ignored.headers.get('warning'), null);
    assert.equal((await post('fieldValidation=Some')).code, 400);
  });

  it('nothing that only says what is so anyway', async () => {
    const { code, body, headers } = await api.request(
      'POST',
      `${PODS}?dryRun=All`,
      {
        body: pod(
          'harmless',
          {
            volumes: [],
            hostNetwork: false,
            initContainers: null,
            nodeSelector: { 'kubernetes.io/os': 'linux' },
            tolerations: [{ operator: 'Exists' }],
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'zone',
                whenUnsatisfiable: 'ScheduleAnyway',
              },
            ],
            automountServiceAccountToken: false,
          },
          { tty: false, securityContext: { runAsNonRoot: true } },
        ),
      },
    );
    assert.equal(code, 201, JSON.stringify(body));
    assert.equal(body.spec.volumes, undefined);
    // What is kept without effect is said.
    assert.match(
      headers.get('warning') ?? '',
      /securityContext: kept but not enforced/,
    );
  });

  it('to be silent about limits it cannot hold, but says it once', async () => {
    const resources = { limits: { cpu: '1', memory: '64Mi' } };
    const made = await api.request('POST', PODS, {
      body: pod('limited', {}, { resources }),
    });
    const warning =
      '299 - "spec.containers[0].resources.limits[cpu]: kept but not enforced: processor time is not throttled here"';
    assert.equal(made.headers.get('warning'), warning);
    const labelled = await api.request('PATCH', `${PODS}/limited`, {
      body: [{ op: 'add', path: '/metadata/labels/a', value: 'b' }],
      type: JSON_PATCH,
    });
    assert.equal(labelled.headers.get('warning'), null);
    await api.request('DELETE', `${PODS}/limited`);
  });

  it('values of another type, with the place', async () => {
    const { code, body } = await api.request('POST', DEPLOYMENTS, {
      body: deployment('typed', { replicas: 'three' }),
    });
    assert.equal(code, 400);
    assert.match(
      body.message,
      /spec\.replicas: expected an integer, got "three"/,
    );
    const list = await api.request('POST', PODS, {
      body: pod('typed', { containers: {} }),
    });
    assert.match(list.body.message, /spec\.containers: expected a list/);
  });

  it('a changed selector, a changed pod, a changed immutable ConfigMap', async () => {
    await api.request('POST', DEPLOYMENTS, { body: deployment('fixed') });
    const selector = { matchLabels: { app: 'new' } };
    const template = {
      metadata: { labels: { app: 'new' } },
      spec: { containers: [{ name: 'main', image: 'web:1' }] },
    };
    const moved = await api.request('PUT', `${DEPLOYMENTS}/fixed`, {
      body: deployment('fixed', { selector, template }),
    });
    assert.match(moved.body.message, /spec\.selector.*field is immutable/);
    await api.request('POST', PODS, { body: pod('fixed') });
    const changed = await api.request('PATCH', `${PODS}/fixed`, {
      body: [
        { op: 'replace', path: '/spec/containers/0/image', value: 'web:2' },
      ],
      type: JSON_PATCH,
    });
    assert.match(changed.body.message, /a pod does not change once it is made/);
    await api.request('POST', CONFIG_MAPS, {
      body: { ...configMap('fixed', { a: '1' }), immutable: true },
    });
    const data = await api.request('PUT', `${CONFIG_MAPS}/fixed`, {
      body: { ...configMap('fixed', { a: '2' }), immutable: true },
    });
    assert.match(data.body.message, /data: Forbidden: field is immutable/);
    await api.request('DELETE', `${PODS}/fixed`);
    await api.request('DELETE', `${DEPLOYMENTS}/fixed`);
    await api.request('DELETE', `${CONFIG_MAPS}/fixed`);
  });
});
