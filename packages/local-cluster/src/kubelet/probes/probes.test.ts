import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  ClusterFixture,
  containerStatus,
  isReady,
  readyCondition,
  script,
} from '../cluster-fixture.ts';

/** Answers what was last put into it: `GET /set/<path>/<status>` sets, all else is 200 at first. */
const MOODY = script(`
  const moods = {};
  require('node:http').createServer((req, res) => {
    const [, set, path, status] = req.url.split('/');
    if (set === 'set') moods['/' + path] = +status;
    res.writeHead(set === 'set' ? 200 : moods[req.url] ?? 200).end();
  }).listen(process.env.PORT, '127.0.0.1');
`);

describe('probes', () => {
  let cluster: ClusterFixture;
  let moody: string;
  const set = (name: string, path: string, status: number) => {
    const port =
      cluster.pod(name)?.metadata.annotations?.['local-cluster/port'];
    return fetch(`http://127.0.0.1:${port}/set${path}/${status}`, {
      headers: { connection: 'close' },
    });
  };
  before(async () => {
    cluster = await ClusterFixture.start();
    moody = await cluster.image('moody', MOODY);
  });
  after(() => cluster.stop());

  it('make a pod not ready when its readiness fails, say why, and ready again', async () => {
    cluster.createPod('reader', moody, {
      readinessProbe: {
        httpGet: { path: '/ready', port: 'http' },
        periodSeconds: 0.05,
        failureThreshold: 2,
      },
    });
    await cluster.untilPod('reader', isReady);
    await set('reader', '/ready', 503);
    const pod = await cluster.untilPod('reader', one => !isReady(one));
    assert.match(
      readyCondition(pod).message,
      /^containers with unready status: \[main\]: readiness probe failed: GET http:\S+\/ready: HTTP 503$/,
    );
    assert.equal(containerStatus(pod).restartCount, 0);
    await cluster.untilEvent(
      'reader',
      /^Unhealthy: Readiness probe failed: .*HTTP 503/,
    );
    await set('reader', '/ready', 200);
    await cluster.untilPod('reader', isReady);
  });

  it('restart a container whose liveness fails', async () => {
    cluster.createPod('sick', moody, {
      livenessProbe: {
        httpGet: { path: '/live', port: 80 },
        periodSeconds: 0.05,
        failureThreshold: 40, // Node needs its time to start
      },
      readinessProbe: { httpGet: { path: '/', port: 80 } },
    });
    await cluster.untilPod('sick', isReady);
    await set('sick', '/live', 500);
    const pod = await cluster.untilPod(
      'sick',
      one => isReady(one) && containerStatus(one).restartCount === 1,
    );
    assert.match(
      containerStatus(pod).lastState.terminated.message,
      /^failed liveness probe: GET \S+: HTTP 500$/,
    );
    await cluster.untilEvent(
      'sick',
      /^Killing: Container main failed liveness probe: .*, will be restarted$/,
    );
  });

  it('wait for the startup probe before any other', async () => {
    const image = await cluster.image(
      'slow',
      script(`
        let asked = 0;
        require('node:http').createServer((req, res) => {
          console.log(req.url);
          if (req.url === '/startup') res.statusCode = ++asked > 3 ? 200 : 503;
          res.end();
        }).listen(process.env.PORT, '127.0.0.1');
      `),
    );
    cluster.createPod('slow', image, {
      startupProbe: { httpGet: { path: '/startup', port: 1 } },
      readinessProbe: { httpGet: { path: '/ready', port: 1 } },
      livenessProbe: {
        httpGet: { path: '/live', port: 1 },
        failureThreshold: 1,
      },
    });
    await cluster.untilPod('slow', isReady);
    const asked = await cluster.logs('slow');
    assert.deepEqual(asked.slice(0, 4), Array(4).fill('/startup'));
    assert.ok(!asked.slice(4).includes('/startup'));
  });

  it('restart a container that does not start in its time', async () => {
    cluster.createPod('never-starts', moody, {
      startupProbe: {
        httpGet: { path: '/startup', port: 1 },
        periodSeconds: 0.1,
        failureThreshold: 2,
      },
      env: [{ name: 'PORT_IGNORED', value: '1' }],
      command: ['node', '-e', 'setInterval(() => 0, 1e6)'],
    });
    const pod = await cluster.untilPod(
      'never-starts',
      one => containerStatus(one).lastState.terminated,
    );
    assert.match(
      containerStatus(pod).lastState.terminated.message,
      /^failed startup probe: GET \S+: connection refused$/,
    );
  });

  it('run commands, and end those that take too long', async () => {
    cluster.createPod('commands', moody, {
      readinessProbe: {
        exec: {
          command: ['node', '-e', 'process.exit(+(process.env.PORT < 1))'],
        },
      },
    });
    await cluster.untilPod('commands', isReady);
    cluster.createPod('too-long', moody, {
      readinessProbe: {
        exec: { command: ['sleep', '1000'] },
        periodSeconds: 0.05,
        timeoutSeconds: 0.05,
        failureThreshold: 1,
      },
    });
    await cluster.untilEvent(
      'too-long',
      /^Unhealthy: Readiness probe failed: sleep: did not end in time$/,
    );
  });
});
