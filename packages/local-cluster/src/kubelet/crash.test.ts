import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'node:test';
import {
  ClusterFixture,
  containerStatus,
  eventually,
  isReady,
  readyCondition,
  script,
} from './cluster-fixture.ts';
import { processTable } from './processes/process-table.ts';

const table = processTable();
const alive = (pid: number) => table.identity(pid) !== undefined;

const FIXTURE = fileURLToPath(new URL('./crash-fixture.ts', import.meta.url));

/** The shell that guards the process groups is the only child of the cluster with this name. */
function guardsOf(cluster: ChildProcess): number[] {
  const { pid } = cluster;
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .map(Number)
    .filter(child => child > 0)
    .filter(child => readFileSync(`/proc/${child}/comm`, 'utf8') === 'sh\n');
}

describe(
  'a cluster that was killed',
  { skip: !existsSync('/proc/self') },
  () => {
    let dataDir: string;
    let child: ChildProcess;
    let podPid: number;
    let next: ClusterFixture | undefined;

    beforeEach(async () => {
      dataDir = mkdtempSync(join(tmpdir(), 'local-cluster-crash-'));
      const first = await ClusterFixture.start({ dataDir });
      const image = await first.image(
        'web',
        script(`require('node:http').createServer((_, res) => res.end())
        .listen(process.env.PORT, '127.0.0.1', () => console.log('run', process.pid));`),
      );
      first.createPod('web', image, {
        readinessProbe: { tcpSocket: { port: 1 } },
      });
      await first.close();
      child = spawn(process.execPath, [FIXTURE, dataDir], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = await once(child.stdout!, 'data');
      podPid = Number(/process:\/\/(\d+)/.exec(String(line))?.[1]);
      assert.ok(alive(podPid));
    });

    afterEach(async () => {
      child.kill('SIGKILL');
      await next?.stop();
      next = undefined;
      rmSync(dataDir, { recursive: true, force: true });
    });

    const kill = async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    };

    it('takes its pods with it', async () => {
      await kill();
      await eventually(() => !alive(podPid));
    });

    it('has the pods that outlived it ended and run again by its successor, as after a reboot', async () => {
      const guards = guardsOf(child);
      for (const guard of guards) process.kill(guard, 'SIGSTOP');
      await kill();
      assert.ok(alive(podPid));
      next = await ClusterFixture.start({ dataDir });
      assert.equal(alive(podPid), false);
      for (const guard of guards) process.kill(guard, 'SIGKILL');
      const pod = await next.untilPod('web', isReady);
      const { restartCount, lastState, containerID } = containerStatus(pod);
      const { exitCode, reason } = lastState.terminated;
      assert.ok(restartCount >= 1);
      assert.deepEqual([exitCode, reason], [255, 'Unknown']);
      assert.deepEqual(await next.logs('web', { previous: true }), [
        `run ${podPid}`,
      ]);
      assert.notEqual(containerID, `process://${podPid}`);
    });

    it('does not show a pod as ready that is not there any more', async () => {
      await kill();
      next = await ClusterFixture.start({ dataDir });
      assert.equal(readyCondition(next.pod('web')).status, 'False');
    });
  },
);
