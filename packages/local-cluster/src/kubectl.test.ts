import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  Kubectl,
  kubectlMissing,
  Output,
  startTestCluster,
  type TestCluster,
} from './testing/index.ts';

const SERVICE = {
  'ghostlight.yaml': 'run:\n  command: [node, server.js]\n',
  'server.js': `
    const { createServer } = require('node:http');
    const server = createServer((_, res) => { console.log('asked'); res.end(process.env.GREETING); });
    server.listen(process.env.PORT, '127.0.0.1', () => console.log('listening'));
    process.on('SIGTERM', () => server.close(() => process.exit(0)));
  `,
};

const manifest = (image: string, greeting = 'hello') => `
apiVersion: v1
kind: ConfigMap
metadata:
  name: greeting
data:
  GREETING: ${greeting}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
    spec:
      terminationGracePeriodSeconds: 5
      containers:
        - name: web
          image: ${image}
          envFrom: [{configMapRef: {name: greeting}}]
          ports: [{name: http, containerPort: 8080}]
          readinessProbe:
            httpGet: {path: /, port: http}
            periodSeconds: 1
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: http}]
`;

const missing = kubectlMissing();
if (missing !== undefined) {
  process.stderr.write(`skipped: the tests with kubectl: ${missing}\n`);
}

describe(
  'kubectl against the local cluster',
  { skip: missing ?? false },
  () => {
    let cluster: TestCluster;
    let kubectl: Kubectl;
    let image: string;

    before(async () => {
      cluster = await startTestCluster();
      kubectl = new Kubectl(cluster);
      image = await cluster.buildImage('web', SERVICE);
    });
    after(() => cluster.stop());

    it('applies a service server-side and waits for its rollout', async () => {
      const applied = await kubectl.ok(
        ['apply', '--server-side', '-f', '-'],
        manifest(image),
      );
      assert.deepEqual(applied.trim().split('\n'), [
        'configmap/greeting serverside-applied',
        'deployment.apps/web serverside-applied',
        'service/web serverside-applied',
      ]);
      const status = await kubectl.ok([
        'rollout',
        'status',
        'deployment/web',
        '--timeout=30s',
      ]);
      assert.match(status, /deployment "web" successfully rolled out/);
    });

    it('prints tables with the columns people know', async () => {
      const lines = async (...args: string[]) =>
        (await kubectl.ok(['get', ...args])).trim().split('\n');
      const [deployments, web] = await lines('deployments');
      assert.match(deployments, /^NAME +READY +UP-TO-DATE +AVAILABLE +AGE$/);
      assert.match(web, /^web +2\/2 +2 +2 +\d+s$/);
      const [wide, pod] = await lines('pods', '-l', 'app=web', '-o', 'wide');
      assert.match(wide, /^NAME +READY +STATUS +RESTARTS +AGE +IP +NODE/);
      assert.match(
        pod,
        /^web-\w+-\w+ +1\/1 +Running +0 +\d+s +127.0.0.1 +local/,
      );
      assert.match(
        (await lines('svc', 'web'))[1],
        /ClusterIP +127.0.0.1 +http:/,
      );
      const all = await kubectl.ok(['get', 'all', '-A']);
      for (const name of ['pod/web-', 'deployment.apps/web', 'service/web'])
        assert.ok(all.includes(name), `${name} is in\n${all}`);
      assert.deepEqual(await lines('pods', '-l', 'app=other'), ['']);
    });

    it('gives objects as JSON and YAML', async () => {
      const json = JSON.parse(
        await kubectl.ok(['get', 'deployment', 'web', '-o', 'json']),
      );
      assert.equal(json.spec.strategy.rollingUpdate.maxSurge, '25%');
      assert.equal(json.status.readyReplicas, 2);
      const yaml = await kubectl.ok(['get', 'deployment', 'web', '-o', 'yaml']);
      assert.match(yaml, /^apiVersion: apps\/v1\nkind: Deployment\n/);
    });

    it('describes with conditions, endpoints and events', async () => {
      const deployment = await kubectl.ok(['describe', 'deployment', 'web']);
      assert.match(deployment, /Replicas: +2 desired \| 2 updated \| 2 total/);
      assert.match(deployment, /ScalingReplicaSet/);
      assert.match(await kubectl.ok(['describe', 'pod']), /Ready +True/);
      assert.match(
        await kubectl.ok(['describe', 'service', 'web']),
        /Endpoints: +127\.0\.0\.1:\d+,127\.0\.0\.1:\d+/,
      );
      assert.match(await kubectl.ok(['describe', 'node']), /web-\w+-\w+/);
    });

    it('follows logs while lines are written', async () => {
      const following = kubectl.spawn(['logs', '-f', 'deployment/web']);
      const output = new Output(following);
      await output.until(/listening/);
      const url = cluster.store.get({
        apiVersion: 'v1',
        kind: 'Service',
        namespace: 'default',
        name: 'web',
      })?.metadata.annotations?.['local-cluster/url'];
      const asked = output.text.split('asked').length;
      const more = output.until(new RegExp(`(asked[^]*){${asked + 1}}`));
      assert.equal(await (await fetch(`${url}`)).text(), 'hello');
      await fetch(`${url}`);
      await more;
      following.kill();
      assert.equal(
        await kubectl.ok(['logs', 'deployment/web', '--tail=1']),
        'asked\n',
      );
    });

    it('watches, and shows a scale as it happens', async () => {
      const watching = kubectl.spawn(['get', 'deployment', 'web', '-w']);
      const output = new Output(watching);
      await output.until(/web +2\/2/);
      await kubectl.ok(['scale', 'deployment', 'web', '--replicas=3']);
      await output.until(/web +3\/3 +3 +3/);
      watching.kill();
      await kubectl.ok(['scale', 'deployment', 'web', '--replicas=1']);
      await kubectl.ok([
        'rollout',
        'status',
        'deployment/web',
        '--timeout=30s',
      ]);
    });

    it('labels and annotates', async () => {
      await kubectl.ok(['label', 'deployment', 'web', 'tier=front']);
      await kubectl.ok(['annotate', 'deployment', 'web', 'note=seen']);
      assert.match(
        await kubectl.ok([
          'get',
          'deployments',
          '-l',
          'tier=front',
          '-o',
          'name',
        ]),
        /deployment.apps\/web/,
      );
      await kubectl.ok(['label', 'deployment', 'web', 'tier-']);
      assert.equal(
        await kubectl.ok(['get', 'deployments', '-l', 'tier', '-o', 'name']),
        '',
      );
    });

    it('shows the usage of pods', async () => {
      // The kubelet needs two samples before it can tell a share of a core.
      const giveUpAt = Date.now() + 20_000;
      let top = await kubectl.run(['top', 'pod']);
      while (top.code !== 0 && Date.now() < giveUpAt)
        top = await kubectl.run(['top', 'pod']);
      assert.match(top.stdout, /^web-\S+ +\d+m +\d+Mi/m, top.stderr);
    });

    it('undoes a rollout to the revision before', async () => {
      const next = manifest(image).replace(
        'periodSeconds: 1',
        'periodSeconds: 2',
      );
      await kubectl.ok(
        ['apply', '--server-side', '--force-conflicts', '-f', '-'],
        next,
      );
      await kubectl.ok([
        'rollout',
        'status',
        'deployment/web',
        '--timeout=30s',
      ]);
      assert.match(
        await kubectl.ok(['rollout', 'history', 'deployment/web']),
        /^1 [^]*^2 /m,
      );
      await kubectl.ok(['rollout', 'undo', 'deployment/web']);
      await kubectl.ok([
        'rollout',
        'status',
        'deployment/web',
        '--timeout=30s',
      ]);
      const period = await kubectl.ok([
        'get',
        'deployment/web',
        '-o',
        'jsonpath={.spec.template.spec.containers[0].readinessProbe.periodSeconds}',
      ]);
      assert.equal(period, '1');
    });

    it('reports the conflict with another manager, and takes the field over when forced', async () => {
      const applyAs = (manager: string, greeting: string, ...more: string[]) =>
        kubectl.run(
          [
            'apply',
            '--server-side',
            `--field-manager=${manager}`,
            ...more,
            '-f',
            '-',
          ],
          manifest(image, greeting).split('---')[0],
        );
      const refused = await applyAs('other', 'ciao');
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /conflict with "kubectl": \.data\.GREETING/);
      assert.equal(
        (await applyAs('other', 'ciao', '--force-conflicts')).code,
        0,
      );
    });

    it('tells what is wrong with a manifest before anything is written', async () => {
      const apply = (text: string) =>
        kubectl.run(['apply', '--server-side', '-f', '-'], text);
      const unknown = await apply(
        manifest(image).replace('replicas: 2', 'replicaz: 2'),
      );
      assert.match(unknown.stderr, /unknown field "spec\.replicaz"/);
      const volume = await apply(
        'apiVersion: v1\nkind: Pod\nmetadata: {name: v}\nspec: {containers: [{name: a, image: b}], volumes: [{name: tmp, emptyDir: {}}]}',
      );
      assert.match(
        volume.stderr,
        /spec\.volumes: Forbidden: the local cluster/,
      );
      const job = await apply(
        'apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {}',
      );
      assert.match(job.stderr, /no matches for kind "Job"/);
      const dry = await kubectl.ok(
        ['apply', '--server-side', '--dry-run=server', '-f', '-'],
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: dry}',
      );
      assert.match(dry, /configmap\/dry serverside-applied \(server dry run\)/);
      assert.equal((await kubectl.run(['get', 'cm', 'dry'])).code, 1);
    });

    it('may do everything, and says so', async () => {
      assert.equal(
        await kubectl.ok(['auth', 'can-i', 'delete', 'deployments.apps']),
        'yes\n',
      );
    });

    it('deletes a Deployment and everything it owns, and waits for it', async () => {
      await kubectl.ok([
        'delete',
        'deployment',
        'web',
        '--cascade=foreground',
        '--timeout=30s',
      ]);
      const left = await kubectl.ok(['get', 'rs,pods', '-o', 'name']);
      assert.equal(left, '');
    });

    it('deletes a namespace with what is in it', async () => {
      await kubectl.ok(
        ['apply', '--server-side', '-f', '-'],
        `apiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n---\n${manifest(
          image,
        ).replaceAll(
          'metadata:\n  name:',
          'metadata:\n  namespace: team\n  name:',
        )}`,
      );
      await kubectl.ok([
        'wait',
        'deploy/web',
        '-n',
        'team',
        '--for=condition=Available',
        '--timeout=30s',
      ]);
      await kubectl.ok(['delete', 'namespace', 'team', '--timeout=30s']);
      const left = await kubectl.ok([
        'get',
        'all,cm',
        '-n',
        'team',
        '-o',
        'name',
      ]);
      assert.equal(left, '');
    });
  },
);
