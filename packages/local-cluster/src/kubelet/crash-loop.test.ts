import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  ClusterFixture,
  containerStatus,
  eventually,
  isReady,
  readyCondition,
  script,
} from './cluster-fixture.ts';

describe('a container that ends', () => {
  let cluster: ClusterFixture;
  before(async () => {
    cluster = await ClusterFixture.start({
      backOff: { initialMs: 300, maxMs: 600_000, resetAfterMs: 600_000 },
    });
  });
  after(() => cluster.stop());

  it('is started again, ever later, and says how it ended', async () => {
    const image = await cluster.image(
      'crash',
      script(`console.log('run of', process.pid); process.exit(7);`),
    );
    cluster.createPod('crash', image);
    const waiting = await cluster.untilPod('crash', pod => {
      const { state, restartCount } = containerStatus(pod);
      return state.waiting?.reason === 'CrashLoopBackOff' && restartCount === 1;
    });
    const status = containerStatus(waiting);
    assert.match(
      status.state.waiting.message,
      /^back-off 0.3s restarting failed container=main pod=crash_default\(/,
    );
    const { exitCode, reason } = status.lastState.terminated;
    assert.deepEqual([exitCode, reason], [7, 'Error']);
    assert.match(readyCondition(waiting).message, /CrashLoopBackOff/);
    assert.match((await cluster.logs('crash'))[0], /^run of \d+$/);
    assert.deepEqual(
      await cluster.logs('crash', { previous: true }),
      await cluster.logs('crash'),
    );
    await cluster.untilPod('crash', pod => {
      const { state, restartCount } = containerStatus(pod);
      return (
        state.waiting?.message?.startsWith('back-off 0.6s') &&
        restartCount === 2
      );
    });
    await cluster.untilEvent('crash', /^BackOff: Back-off restarting failed/);
  });

  it('leaves its log to be read as the previous one', async () => {
    const image = await cluster.image(
      'second',
      script(`const fs = require('node:fs');
        const first = !fs.existsSync(process.env.HOME + '/seen');
        fs.writeFileSync(process.env.HOME + '/seen', '');
        console.log(first ? 'first run' : 'second run');
        if (first) process.exit(1);
        setInterval(() => 0, 1e6);`),
    );
    cluster.createPod('second', image);
    await cluster.untilPod(
      'second',
      pod => isReady(pod) && containerStatus(pod).restartCount === 1,
    );
    assert.deepEqual(await cluster.logs('second', { previous: true }), [
      'first run',
    ]);
    await assert.rejects(
      async () => {
        cluster.createPod('fresh', image);
        await cluster.untilPod('fresh', pod => containerStatus(pod).started);
        if (containerStatus(cluster.pod('fresh')).restartCount === 0)
          await cluster.logs('fresh', { previous: true });
      },
      {
        message:
          'previous terminated container "main" in pod "fresh" not found',
      },
    );
  });

  it('cannot run when its program is not there, and says so', async () => {
    const image = await cluster.image('nothing', {
      'ghostlight.yaml': 'run: {command: [no-such-program, --now]}',
    });
    cluster.createPod('nothing', image);
    const pod = await cluster.untilPod(
      'nothing',
      one => containerStatus(one).lastState.terminated,
    );
    const { exitCode, reason, message } =
      containerStatus(pod).lastState.terminated;
    assert.deepEqual(
      { exitCode, reason, message },
      {
        exitCode: 127,
        reason: 'ContainerCannotRun',
        message: 'exec: "no-such-program": executable file not found in $PATH',
      },
    );
    await cluster.untilEvent('nothing', /^Failed: Error: exec: "no-such/);
  });

  it('is killed when it takes more memory than its limit, as OOMKilled', async () => {
    const image = await cluster.image(
      'greedy',
      script(`const kept = [];
        setInterval(() => kept.push(Buffer.alloc(8 << 20, 1)), 20);`),
    );
    cluster.createPod('greedy', image, {
      resources: { limits: { memory: '128Mi' } },
    });
    const pod = await cluster.untilPod(
      'greedy',
      one => containerStatus(one).lastState.terminated,
    );
    const { exitCode, reason, message } =
      containerStatus(pod).lastState.terminated;
    assert.deepEqual([exitCode, reason], [137, 'OOMKilled']);
    const used = Number(/used (\d+) MiB/.exec(message)?.[1]);
    assert.ok(used > 128 && used < 300, message);
    const event = await cluster.untilEvent('greedy', /^OOMKilled: /);
    assert.match(event, /its limit is 128 MiB \(approximate/);
  });

  it('keeps running below its limit', async () => {
    const image = await cluster.image(
      'modest',
      script(`setInterval(() => 0, 1e6);`),
    );
    cluster.createPod('modest', image, {
      resources: { limits: { memory: '128Mi' } },
    });
    await cluster.untilPod('modest', isReady);
    const usage = await eventually(() =>
      cluster.kubelet.usage('default').find(({ pod }) => pod === 'modest'),
    );
    assert.ok(usage.memoryBytes > 20 << 20 && usage.memoryBytes < 128 << 20);
    assert.ok(usage.cpuCores >= 0 && usage.cpuCores < 2);
    assert.equal(containerStatus(cluster.pod('modest')).restartCount, 0);
  });
});
