import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
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
  SERVICES,
  startApi,
  TOKEN,
} from './testing/api-fixture.ts';

const service = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'svc' },
  spec: { selector: { app: 'a' }, ports: [{ port: 80 }], ...spec },
});
const onContainer = (container: object) => pod('p', {}, container);
const probe = (readinessProbe: object) => onContainer({ readinessProbe });

/** What is sent, and what the message has to name. */
const INVALID: [what: string, path: string, body: object, names: RegExp][] = [
  [
    'an empty pod',
    PODS,
    pod('p', { containers: [] }),
    /spec\.containers: Required/,
  ],
  [
    'a second container',
    PODS,
    pod('p', {
      containers: [
        { name: 'a', image: 'x' },
        { name: 'b', image: 'x' },
      ],
    }),
    /spec\.containers: Too many: 2.*one container a pod/,
  ],
  [
    'an init container',
    PODS,
    pod('p', { initContainers: [{ name: 'i', image: 'x' }] }),
    /spec\.initContainers: Forbidden/,
  ],
  [
    'a volume',
    PODS,
    pod('p', { volumes: [{ name: 'v', emptyDir: {} }] }),
    /spec\.volumes: Forbidden.*no volumes/,
  ],
  [
    'a volume mount',
    PODS,
    onContainer({ volumeMounts: [{ name: 'v', mountPath: '/v' }] }),
    /containers\[0\]\.volumeMounts: Forbidden/,
  ],
  [
    'a lifecycle hook',
    PODS,
    onContainer({ lifecycle: { preStop: { sleep: { seconds: 1 } } } }),
    /lifecycle: Forbidden.*SIGTERM/,
  ],
  [
    'a privileged container',
    PODS,
    onContainer({ securityContext: { privileged: true } }),
    /privileged: Forbidden/,
  ],
  [
    'a host port',
    PODS,
    onContainer({ ports: [{ containerPort: 1, hostPort: 1 }] }),
    /hostPort: Forbidden/,
  ],
  [
    'a UDP port',
    PODS,
    onContainer({ ports: [{ containerPort: 1, protocol: 'UDP' }] }),
    /protocol: Unsupported value: "UDP"/,
  ],
  [
    'the host network',
    PODS,
    pod('p', { hostNetwork: true }),
    /hostNetwork: Forbidden/,
  ],
  [
    'another node',
    PODS,
    pod('p', { nodeName: 'other' }),
    /nodeName: Unsupported value: "other".*"local"/,
  ],
  [
    'a node selector that nothing satisfies',
    PODS,
    pod('p', { nodeSelector: { disk: 'ssd' } }),
    /nodeSelector\[disk\].*never be scheduled/,
  ],
  [
    'a required anti-affinity',
    PODS,
    pod('p', {
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{}],
        },
      },
    }),
    /requiredDuring.*Forbidden/,
  ],
  [
    'a gRPC probe',
    PODS,
    probe({ grpc: { port: 1 } }),
    /grpc: Forbidden.*httpGet/,
  ],
  [
    'a probe of two kinds',
    PODS,
    probe({ httpGet: { port: 1 }, tcpSocket: { port: 1 } }),
    /readinessProbe.*exactly one/,
  ],
  [
    'a probe of a port that has no such name',
    PODS,
    probe({ tcpSocket: { port: 'web' } }),
    /tcpSocket\.port.*"web"/,
  ],
  [
    'a liveness probe with two successes',
    PODS,
    onContainer({
      livenessProbe: { tcpSocket: { port: 1 }, successThreshold: 2 },
    }),
    /successThreshold.*between 1 and 1/,
  ],
  [
    'more requested than allowed',
    PODS,
    onContainer({
      resources: { limits: { memory: '1Mi' }, requests: { memory: '1Gi' } },
    }),
    /requests\.memory.*limit of 1Mi/,
  ],
  [
    'a resource that is not known',
    PODS,
    onContainer({ resources: { limits: { 'nvidia.com/gpu': '1' } } }),
    /nvidia\.com\/gpu.*cpu and memory/,
  ],
  [
    'a variable with two sources',
    PODS,
    onContainer({
      env: [
        {
          name: 'A',
          value: 'x',
          valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
        },
      ],
    }),
    /env\[0\]\.valueFrom/,
  ],
  [
    'a pod field that cannot be a variable',
    PODS,
    onContainer({
      env: [
        { name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.secret' } } },
      ],
    }),
    /fieldPath.*must be one of metadata\.name/,
  ],
  ['a name with capitals', PODS, pod('Pod'), /metadata\.name.*RFC 1123/],
  [
    'a name that is a path',
    CONFIG_MAPS,
    configMap('../../etc/passwd'),
    /metadata\.name.*RFC 1123/,
  ],
  [
    'a label value with spaces',
    CONFIG_MAPS,
    configMap('c', {}, { a: 'b c' }),
    /metadata\.labels\[a\].*label value/,
  ],
  [
    'a data key with a slash',
    CONFIG_MAPS,
    configMap('c', { 'a/b': 'c' }),
    /data.*"a\/b"/,
  ],
  [
    'a selector that misses the template',
    DEPLOYMENTS,
    deployment('d', { selector: { matchLabels: { app: 'other' } } }),
    /`selector` does not match template `labels`/,
  ],
  [
    'an empty selector',
    DEPLOYMENTS,
    deployment('d', { selector: {} }),
    /spec\.selector.*empty selector/,
  ],
  [
    'no template',
    DEPLOYMENTS,
    deployment('d', { template: null }),
    /spec\.template: Required/,
  ],
  [
    'negative replicas',
    DEPLOYMENTS,
    deployment('d', { replicas: -1 }),
    /spec\.replicas.*greater than or equal to 0/,
  ],
  [
    'a strategy that does not exist',
    DEPLOYMENTS,
    deployment('d', { strategy: { type: 'Magic' } }),
    /strategy\.type: Unsupported value: "Magic"/,
  ],
  [
    'a rolling update that could never go on',
    DEPLOYMENTS,
    deployment('d', {
      strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } },
    }),
    /maxUnavailable.*nothing could ever be replaced/,
  ],
  [
    'a surge that is no amount',
    DEPLOYMENTS,
    deployment('d', { strategy: { rollingUpdate: { maxSurge: 'many' } } }),
    /maxSurge.*percentage/,
  ],
  [
    'Recreate with rolling settings',
    DEPLOYMENTS,
    deployment('d', {
      strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } },
    }),
    /rollingUpdate: Forbidden/,
  ],
  [
    'a Deployment of pods that are not restarted',
    DEPLOYMENTS,
    deployment('d', {
      template: {
        metadata: { labels: { app: 'd' } },
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'a', image: 'b' }],
        },
      },
    }),
    /restartPolicy: Unsupported value: "Never"/,
  ],
  [
    'a load balancer',
    SERVICES,
    service({ type: 'LoadBalancer' }),
    /spec\.type: Unsupported value: "LoadBalancer"/,
  ],
  [
    'a node port',
    SERVICES,
    service({ ports: [{ port: 80, nodePort: 30000 }] }),
    /nodePort: Forbidden.*local-cluster\/url/,
  ],
  [
    'a headless Service',
    SERVICES,
    service({ clusterIP: 'None' }),
    /clusterIP: Unsupported value: "None"/,
  ],
  [
    'a Service without a selector',
    SERVICES,
    service({ selector: {} }),
    /spec\.selector: Required/,
  ],
  [
    'a Service without ports',
    SERVICES,
    service({ ports: [] }),
    /spec\.ports: Required/,
  ],
  [
    'two ports without names',
    SERVICES,
    service({ ports: [{ port: 1 }, { port: 2 }] }),
    /ports\[0\]\.name: Required/,
  ],
];

describe('the API refuses by name', () => {
  let api: ApiFixture;
  before(async () => {
    api = await startApi();
  });
  after(async () => {
    await api.stop();
    assert.deepEqual(api.unexpected, []);
  });

  INVALID.forEach(([what, path, body, names]) => {
    it(what, async () => {
      const answer = await api.request('POST', path, { body });
      assert.equal(answer.code, 422, JSON.stringify(answer.body));
      assert.equal(answer.body.reason, 'Invalid');
      assert.match(answer.body.message, names);
      assert.ok(answer.body.details.causes.length > 0);
      const { body: list } = await api.request('GET', path);
      assert.deepEqual(list.items, []);
    });
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
