import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  isMainThread,
  parentPort,
  Worker,
  workerData,
} from 'node:worker_threads';
import { startCluster } from '../../packages/local-cluster/src/index.ts';
import { SqliteStore } from '../../packages/local-cluster/src/store/index.ts';
import { systemClock } from '../../packages/local-cluster/src/system-clock.ts';
import { inRounds, type Measure, progress } from '../bench.ts';

const PODS = 500;
const WATCHERS = 20;
const PER_SECOND = 75;
const SECONDS = 5;
const WRITES = PER_SECOND * SECONDS;
const PATH = '/api/v1/namespaces/default/pods';

interface Access {
  url: string;
  headers: Record<string, string>;
}

const podName = (n: number) => `pod-${n % PODS}`;

/** Pods that have ended: the kubelet leaves them alone, so nothing writes but the benchmark. */
function writePods(dataDir: string): void {
  const store = SqliteStore.open({ dataDir, clock: systemClock });
  for (let n = 0; n < PODS; n += 1) {
    store.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: podName(n),
        namespace: 'default',
        labels: { app: 'web' },
      },
      spec: {
        containers: [
          { name: 'web', image: 'web:1', ports: [{ containerPort: 80 }] },
        ],
        restartPolicy: 'Never',
        nodeName: 'local',
      },
      status: { phase: 'Succeeded' },
    });
  }
  store.close();
}

/** Runs in a thread of its own: the cluster must not wait for those who measure it. */
async function serve(dataDir: string): Promise<void> {
  const cluster = await startCluster({ dataDir, port: 0 });
  parentPort?.once('message', () => {
    void cluster.stop().then(() => process.exit());
  });
  parentPort?.postMessage({ port: cluster.port, token: cluster.token });
}

/** Tells of every write by its number, as soon as its event is read. Ends with the signal. */
async function watch(
  { url, headers }: Access,
  signal: AbortSignal,
  onWrite: (write: number) => void,
): Promise<void> {
  const { items, metadata } = await (
    await fetch(url + PATH, { headers })
  ).json();
  if (items.length !== PODS)
    throw new Error(`${items.length} pods, not ${PODS}`);
  const response = await fetch(
    `${url}${PATH}?watch=true&resourceVersion=${metadata.resourceVersion}`,
    { headers, signal },
  );
  const read = async () => {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of response.body ?? []) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(
        '\n',
      );
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const write = /"message":"write (\d+)"/.exec(line)?.[1];
        if (write !== undefined) onWrite(Number(write));
      }
    }
  };
  read().catch(error => {
    if (!signal.aborted) throw error;
  });
}

/**
 * Changes one pod after another at a steady rate; the times from sending a change until each watcher has read of it.
 *
 * @param first - number of the first change, so that no two are the same
 */
async function delaysMs(access: Access, first: number): Promise<number[]> {
  const sentMs = new Map<number, number>();
  const delays: number[] = [];
  const stop = new AbortController();
  try {
    await Promise.all(
      Array.from({ length: WATCHERS }, () =>
        watch(access, stop.signal, write => {
          delays.push(performance.now() - (sentMs.get(write) ?? NaN));
        }),
      ),
    );
    const startedMs = performance.now();
    const answers: Promise<void>[] = [];
    for (let n = 0; n < WRITES; n += 1) {
      const dueMs = startedMs + (n * 1000) / PER_SECOND;
      await delay(Math.max(0, dueMs - performance.now()));
      sentMs.set(first + n, performance.now());
      answers.push(change(access, first + n));
    }
    await Promise.all(answers);
    const giveUpMs = performance.now() + 10_000;
    while (delays.length < WRITES * WATCHERS && performance.now() < giveUpMs) {
      await delay(20);
    }
    if (delays.length !== WRITES * WATCHERS) {
      throw new Error(`${delays.length} events came of ${WRITES * WATCHERS}`);
    }
    return delays;
  } finally {
    stop.abort();
  }
}

async function change({ url, headers }: Access, write: number): Promise<void> {
  const response = await fetch(`${url}${PATH}/${podName(write)}/status`, {
    method: 'PATCH',
    headers: { ...headers, 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ status: { message: `write ${write}` } }),
  });
  if (!response.ok)
    throw new Error(`${response.status} ${await response.text()}`);
  await response.arrayBuffer();
}

const percentile = (values: number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1];

/** How long after a write those who watch know of it. */
export async function measure(): Promise<Measure[]> {
  progress(
    `watch: ${WATCHERS} watchers of ${PODS} pods, ${PER_SECOND} changes/s`,
  );
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-watch-'));
  writePods(dataDir);
  const worker = new Worker(import.meta.filename, { workerData: { dataDir } });
  try {
    const [{ port, token }] = await once(worker, 'message');
    const access = {
      url: `http://127.0.0.1:${port}`,
      headers: { authorization: `Bearer ${token}` },
    };
    let first = 0;
    const rounds = await inRounds(5, () => {
      // A status that a pod has already is no change, and no event.
      first += WRITES;
      return delaysMs(access, first);
    });
    return [
      {
        name: 'write to watch event, p95',
        unit: 'ms',
        samples: rounds.map(delays => percentile(delays, 0.95)),
        limit: { atMost: 20 },
        note: `from sending a PATCH of a pod's status until a watcher has read the event, so the write itself counts too; ${PODS} pods that have ended (objects nobody runs), ${WATCHERS} watchers of all of them over HTTP, ${PER_SECOND} writes/s for ${SECONDS} s a round`,
      },
      {
        name: 'write to watch event, p50',
        unit: 'ms',
        samples: rounds.map(delays => percentile(delays, 0.5)),
      },
    ];
  } finally {
    const exited = once(worker, 'exit');
    worker.postMessage('stop');
    await exited;
    rmSync(dataDir, { recursive: true, force: true });
  }
}

if (!isMainThread) void serve(workerData.dataDir);
