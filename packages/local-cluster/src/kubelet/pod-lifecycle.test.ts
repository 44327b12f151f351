import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  ClusterFixture,
  containerStatus,
  eventually,
  isReady,
  keyOf,
  makeRepository,
  POD,
  postImage,
  readyCondition,
  script,
  TINY_SERVER,
} from './cluster-fixture.ts';
import { processTable } from './processes/process-table.ts';

const table = processTable();
const alive = (pid: number) => table.identity(pid) !== undefined;
const pidOf = (cluster: ClusterFixture, name: string) =>
  Number(
    containerStatus(cluster.pod(name)).containerID.slice('process://'.length),
  );

describe('the life of a pod', () => {
  let cluster: ClusterFixture;
  let server: string;
  let onDrain: () => void = () => undefined;
  const gone = (name: string) =>
    cluster.until(POD, () => cluster.pod(name) === undefined);

  before(async () => {
    cluster = await ClusterFixture.start({
      retryMs: 20,
      onDrain: () => onDrain(),
    });
    server = await cluster.image('server', TINY_SERVER);
  });
  after(() => cluster.stop());

  it('gives the process what it declares, its port and Services, and nothing of the cluster', async () => {
    process.env.SECRET_OF_THE_CLUSTER = 'hush';
    const image = await cluster.image(
      'env',
      script(`console.log(JSON.stringify({env: process.env, argv: process.argv.slice(2)}));
        require('node:http').createServer((_, res) => res.end()).listen(process.env.PORT);`),
    );
    cluster.store.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'default' },
      data: { COLOUR: 'blue', 'not a name': 'x' },
    });
    cluster.store.create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'keys', namespace: 'default' },
      data: { token: Buffer.from('s3cret').toString('base64') },
    });
    cluster.createPod('env', image, {
      args: ['--colour=$(COLOUR)', '--raw=$$(COLOUR)', '$(UNKNOWN)'],
      envFrom: [{ configMapRef: { name: 'settings' } }],
      env: [
        { name: 'GREETING', value: 'a $(COLOUR) day' },
        {
          name: 'TOKEN',
          valueFrom: { secretKeyRef: { name: 'keys', key: 'token' } },
        },
        { name: 'ME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'PORT', value: '1' },
      ],
      readinessProbe: { tcpSocket: { port: 8080 } },
    });
    const pod = await cluster.untilPod('env', isReady);
    const { env, argv } = JSON.parse((await cluster.logs('env'))[0]);
    assert.deepEqual(argv, ['--colour=blue', '--raw=$(COLOUR)', '$(UNKNOWN)']);
    assert.equal(env.GREETING, 'a blue day');
    assert.equal(env.TOKEN, 's3cret');
    assert.equal(env.ME, 'env');
    assert.equal(env.HOSTNAME, 'env');
    assert.equal(env.BACKEND_SERVICE_PORT, '31234');
    assert.equal(env.PORT, pod.metadata.annotations?.['local-cluster/port']);
    assert.equal(env.SECRET_OF_THE_CLUSTER, undefined);
    assert.equal(env['not a name'], undefined);
    delete process.env.SECRET_OF_THE_CLUSTER;
  });

  it('tells its address, node, conditions and events', async () => {
    cluster.createPod('told', server);
    const pod = await cluster.untilPod('told', isReady);
    const { podIP, phase, conditions, qosClass } = Object(pod.status);
    assert.deepEqual(
      { podIP, phase, qosClass, node: Object(pod.spec).nodeName },
      {
        podIP: '127.0.0.1',
        phase: 'Running',
        qosClass: 'BestEffort',
        node: 'local',
      },
    );
    assert.deepEqual(
      conditions.map((one: { type: string; status: string }) => [
        one.type,
        one.status,
      ]),
      [
        ['PodScheduled', 'True'],
        ['Initialized', 'True'],
        ['ContainersReady', 'True'],
        ['Ready', 'True'],
      ],
    );
    await cluster.untilEvent('told', /^Started: Started container main$/);
    assert.deepEqual(
      cluster
        .events('told')
        .map(event => event.split(':')[0])
        .sort(),
      ['Created', 'Pulled', 'Scheduled', 'Started'],
    );
  });

  it('is taken out of its Services before it hears SIGTERM, and is gone afterwards', async () => {
    const file = join(cluster.dataDir, 'heard');
    const image = await cluster.image(
      'graceful',
      script(`process.on('SIGTERM', () => {
          require('node:fs').writeFileSync(process.env.FILE, 'SIGTERM');
          process.exit(0);
        });
        require('node:http').createServer((_, res) => res.end()).listen(process.env.PORT);`),
    );
    cluster.createPod('graceful', image, {
      env: [{ name: 'FILE', value: file }],
      readinessProbe: { tcpSocket: { port: 1 } },
    });
    const { uid } = (await cluster.untilPod('graceful', isReady)).metadata;
    const pid = pidOf(cluster, 'graceful');
    cluster.network.length = 0;
    let heardAtDrain: boolean | undefined;
    let readyAtDrain: string | undefined;
    onDrain = () => {
      heardAtDrain = existsSync(file) || !alive(pid);
      readyAtDrain = readyCondition(cluster.pod('graceful')).status;
    };
    cluster.store.remove(keyOf('graceful'), { gracePeriodSeconds: 30 });
    await gone('graceful');
    onDrain = () => undefined;
    assert.deepEqual(cluster.network, ['drain', 'detach']);
    assert.equal(heardAtDrain, false);
    assert.equal(readyAtDrain, 'False');
    assert.equal(readFileSync(file, 'utf8'), 'SIGTERM');
    assert.equal(alive(pid), false);
    assert.ok(
      !existsSync(join(cluster.dataDir, 'logs', `default_graceful_${uid}`)),
    );
  });

  it('is killed with all its children when the grace period is over', async () => {
    const image = await cluster.image(
      'stubborn',
      script(`process.on('SIGTERM', () => console.log('no'));
        const child = require('node:child_process').spawn('sleep', ['1000']);
        const away = require('node:child_process').spawn('sleep', ['1000'], {detached: true});
        console.log(child.pid, away.pid);`),
    );
    cluster.createPod('stubborn', image);
    await cluster.untilPod('stubborn', isReady);
    const pid = pidOf(cluster, 'stubborn');
    let line: string | undefined;
    for await (line of cluster.kubelet.read(cluster.pod('stubborn')!, {
      follow: true,
      previous: false,
      timestamps: false,
      signal: new AbortController().signal,
    }))
      break;
    const children = line!.split(' ').map(Number);
    assert.ok(children.every(alive));
    const begun = performance.now();
    cluster.store.remove(keyOf('stubborn'), { gracePeriodSeconds: 1 });
    await gone('stubborn');
    assert.ok(performance.now() - begun > 900);
    assert.deepEqual([pid, ...children].filter(alive), []);
  });

  it('is killed at once when it was removed by force', async () => {
    const image = await cluster.image(
      'forced',
      script(
        `process.on('SIGTERM', () => undefined); setInterval(() => 0, 1e6);`,
      ),
    );
    cluster.createPod('forced', image);
    await cluster.untilPod('forced', isReady);
    const pid = pidOf(cluster, 'forced');
    cluster.network.length = 0;
    const begun = performance.now();
    cluster.store.remove(keyOf('forced'));
    await cluster.restartKubelet();
    assert.ok(performance.now() - begun < 4000);
    assert.equal(alive(pid), false);
  });

  it('is ended with the cluster and run again by the next one, with the same port', async () => {
    cluster.createPod('kept', server, {
      readinessProbe: { httpGet: { path: '/', port: 80 } },
    });
    const first = await cluster.untilPod('kept', isReady);
    const pid = pidOf(cluster, 'kept');
    await cluster.restartKubelet();
    assert.equal(alive(pid), false);
    const now = await cluster.untilPod('kept', isReady);
    assert.equal(now.metadata.uid, first.metadata.uid);
    assert.deepEqual(now.metadata.annotations, first.metadata.annotations);
    const { restartCount, lastState } = containerStatus(now);
    assert.deepEqual([restartCount, lastState.terminated.exitCode], [1, 0]);
    assert.deepEqual(await cluster.logs('kept', { previous: true }), [
      'listening',
      'ending',
    ]);
  });

  it('waits for its image, says which, and starts once it is built', async () => {
    const { url, sha } = await makeRepository(
      join(cluster.dataDir, 'repositories', 'late'),
      TINY_SERVER,
    );
    const late = `late:${sha.slice(0, 12)}`;
    cluster.createPod('early', late);
    const waiting = await cluster.untilPod(
      'early',
      pod => containerStatus(pod).state.waiting?.reason === 'ImagePullBackOff',
    );
    assert.deepEqual(
      cluster.events('early').filter(event => event.startsWith('Failed')),
      [
        `Failed: Error: ErrImagePull: image "${late}" not found in the image store: build it with POST /images`,
      ],
    );
    assert.match(
      readyCondition(waiting).message,
      /unready status: \[main\]: ImagePullBackOff: image "late:\w+" not found/,
    );
    await postImage(cluster.images, { name: 'late', repo: { url }, sha });
    await cluster.untilPod('early', isReady);
  });

  it('waits for its configuration with the reason and starts once it is there', async () => {
    cluster.createPod('unconfigured', server, {
      envFrom: [{ configMapRef: { name: 'later' } }],
    });
    const waiting = await cluster.untilPod(
      'unconfigured',
      one =>
        containerStatus(one).state.waiting?.reason ===
        'CreateContainerConfigError',
    );
    assert.equal(
      containerStatus(waiting).state.waiting.message,
      'configmap "later" not found',
    );
    cluster.store.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'later', namespace: 'default' },
      data: {},
    });
    await cluster.untilPod('unconfigured', isReady);
  });

  it('is failed with words when it has a shape that is not run here', async () => {
    cluster.createPod(
      'two',
      server,
      {},
      {
        containers: [{ name: 'a' }, { name: 'b' }],
      },
    );
    const pod = await cluster.untilPod(
      'two',
      one => Object(one.status).phase === 'Failed',
    );
    assert.equal(Object(pod.status).reason, 'UnsupportedPod');
    assert.match(Object(pod.status).message, /one container a pod/);
  });

  it('is run, and ended, although nothing can be written for a while', async t => {
    const full = () => {
      throw new Error('the disk is full');
    };
    cluster.createPod('unwritten', server);
    const create = t.mock.method(cluster.store, 'create', full);
    const modify = t.mock.method(cluster.store, 'modify', full);
    await eventually(() => modify.mock.callCount() > 2);
    create.mock.restore();
    modify.mock.restore();
    await cluster.untilPod('unwritten', isReady);
    const remove = t.mock.method(cluster.store, 'remove', full, { times: 1 });
    cluster.store.modify(keyOf('unwritten'), pod => ({
      ...pod,
      metadata: {
        ...pod.metadata,
        deletionTimestamp: new Date().toISOString(),
        deletionGracePeriodSeconds: 5,
      },
    }));
    await gone('unwritten');
    assert.ok(remove.mock.callCount() >= 1);
  });

  it('stays as it ended when it is not to be restarted', async () => {
    const image = await cluster.image(
      'once',
      script(`process.exit(+process.env.CODE)`),
    );
    const run = async (name: string, code: string, restartPolicy: string) => {
      cluster.createPod(
        name,
        image,
        { env: [{ name: 'CODE', value: code }] },
        {
          restartPolicy,
        },
      );
      const pod = await cluster.untilPod(name, one =>
        ['Succeeded', 'Failed'].includes(Object(one.status).phase),
      );
      const { exitCode, reason } = containerStatus(pod).state.terminated;
      return [Object(pod.status).phase, exitCode, reason];
    };
    assert.deepEqual(await run('never', '3', 'Never'), ['Failed', 3, 'Error']);
    assert.deepEqual(await run('done', '0', 'OnFailure'), [
      'Succeeded',
      0,
      'Completed',
    ]);
  });
});
