import { setTimeout as delay } from 'node:timers/promises';
import {
  type BenchResult,
  type Measure,
  inRounds,
  progress,
} from '../bench.ts';
import { ClusterUnderTest } from './cluster-under-test.ts';
import { addedAtP50Ms } from './added-latency.ts';
import { closedLoop, errorCount, openLoop } from './load.ts';
import { measurePodStart } from './pod-start.ts';
import {
  type Workload,
  deployEcho,
  deployFromTemplate,
  podUrl,
  restart,
  scale,
  serviceUrl,
  untilPods,
} from './workloads.ts';

const MB = 1024 ** 2;

async function podStart(
  cluster: ClusterUnderTest,
  workload: Workload,
): Promise<Measure> {
  progress('pod start: the service of the template, created one after another');
  let n = 0;
  const samples = await inRounds(9, () => {
    n += 1;
    return measurePodStart(cluster, workload, `pod-start-${n}`);
  });
  return {
    name: 'pod created to Ready',
    unit: 'ms',
    samples,
    limit: { atMost: 1_500 },
    note: 'from the POST until a watch says Ready; the service and the probes of the template',
  };
}

async function addedLatency(cluster: ClusterUnderTest): Promise<Measure> {
  progress('latency: one caller, to a pod and through its Service in turn');
  const [direct, proxied] = [
    await podUrl(cluster, 'app=echo'),
    await serviceUrl(cluster, 'echo'),
  ];
  return {
    name: 'Service adds at p50',
    unit: 'ms',
    samples: await inRounds(9, () => addedAtP50Ms(direct, proxied)),
    limit: { atMost: 0.5 },
    note: 'difference of medians, 1,000 requests each way and round in windows of 100',
  };
}

async function latencyUnderLoad(cluster: ClusterUnderTest): Promise<Measure[]> {
  progress('latency: 500 requests/s through a Service');
  const url = await serviceUrl(cluster, 'echo');
  const rounds = await inRounds(5, async () => {
    const result = await openLoop(url, { perSecond: 500, seconds: 3 });
    if (errorCount(result) > 0) {
      throw new Error(`requests failed: ${[...result.errors]}`);
    }
    return result.latency;
  });
  const at = (percentile: number) =>
    rounds.map(latency => latency.getValueAtPercentile(percentile) / 1000);
  return [
    {
      name: 'p50 at 500 requests/s',
      unit: 'ms',
      samples: at(50),
      note: 'open loop, a quarter of them POST; from the intended start, so the generator waiting for a busy machine counts too',
    },
    { name: 'p99 at 500 requests/s', unit: 'ms', samples: at(99) },
  ];
}

async function throughput(cluster: ClusterUnderTest): Promise<Measure> {
  progress('throughput: 64 callers, each asking again when it has its answer');
  const url = await serviceUrl(cluster, 'echo');
  const samples = await inRounds(5, async () => {
    const result = await closedLoop(url, { callers: 64, seconds: 3 });
    if (errorCount(result) > 0)
      throw new Error(`requests failed: ${[...result.errors]}`);
    return result.requests / result.seconds;
  });
  return {
    name: 'requests through a Service',
    unit: 'req/s',
    samples,
    limit: { atLeast: 5_000 },
    note: 'closed loop over two pods; the generator shares the machine',
  };
}

async function rollingUpdate(
  cluster: ClusterUnderTest,
  name: string,
): Promise<Measure[]> {
  progress(`rolling update: every pod of ${name} replaced at 300 requests/s`);
  const url = await serviceUrl(cluster, name);
  const rounds = await inRounds(3, async () => {
    const stop = new AbortController();
    const load = openLoop(url, {
      perSecond: 300,
      seconds: 120,
      signal: stop.signal,
    });
    const startedMs = performance.now();
    await restart(cluster, name);
    const tookMs = performance.now() - startedMs;
    // The last of the old pods is still finishing.
    await delay(1_000);
    stop.abort();
    return { result: await load, tookMs };
  });
  for (const { result } of rounds) {
    for (const [problem, count] of result.errors)
      progress(`  ${count} x ${problem}`);
  }
  return [
    {
      name: 'errors in a rolling update',
      unit: 'requests',
      samples: rounds.map(({ result }) => errorCount(result)),
      limit: { atMost: 0 },
      note: `${rounds
        .map(({ result }) => result.requests)
        .join(', ')} requests`,
    },
    {
      name: 'rolling update of 3 pods',
      unit: 's',
      samples: rounds.map(({ tookMs }) => tookMs / 1000),
    },
  ];
}

async function memory(cluster: ClusterUnderTest): Promise<Measure> {
  progress('memory: ten pods, under a little load');
  await scale(cluster, 'echo', 7);
  await untilPods(cluster, 10);
  const load = openLoop(await serviceUrl(cluster, 'echo'), {
    perSecond: 50,
    seconds: 10,
  });
  const samples: number[] = [];
  for (let second = 0; second < 9; second += 1) {
    await delay(1_000);
    samples.push(cluster.residentBytes() / MB);
  }
  await load;
  return {
    name: 'local cluster with ten pods',
    unit: 'MB',
    samples,
    limit: { atMost: 180 },
    note: 'resident memory of its process after all of the above, without the pods',
  };
}

/** `yarn bench cluster`: a cluster process of its own, spoken to from outside. */
export async function run(): Promise<BenchResult> {
  const cluster = await ClusterUnderTest.start();
  try {
    const orders = await deployFromTemplate(cluster, 'orders', 3);
    await deployEcho(cluster, 2);
    return {
      measures: [
        await podStart(cluster, orders),
        await addedLatency(cluster),
        ...(await latencyUnderLoad(cluster)),
        await throughput(cluster),
        ...(await rollingUpdate(cluster, orders.name)),
        await memory(cluster),
      ],
    };
  } finally {
    await cluster.stop();
  }
}
