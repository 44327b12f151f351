import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillMeshDay } from '../../packages/local-cluster/src/prometheus/testing/mesh-day.ts';
import {
  prometheusMissing,
  RealPrometheus,
} from '../../packages/local-cluster/src/prometheus/testing/real-prometheus.ts';
import type { SelectedSeries } from '../../packages/local-cluster/src/prometheus/types.ts';
import { type Measure, inRounds, progress } from '../bench.ts';

const CLI = join(
  import.meta.dirname,
  '../../packages/local-cluster/src/cli.ts',
);
const DAY_S = 24 * 3_600;
const STEP_S = 60;
const ROUNDS = 15;

/** 50 series, each as a graph of a day: what comes back has 72,050 points. */
const QUERY =
  'rate({__name__=~"istio_request_duration_milliseconds_(bucket|count)"}[5m])';

interface Asked {
  ms: number;
  series: number;
  points: number;
}

async function ask(
  api: string,
  endS: number,
  headers: Record<string, string> = {},
): Promise<Asked> {
  const startedMs = performance.now();
  const response = await fetch(`${api}query_range`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({
      query: QUERY,
      start: String(endS - DAY_S),
      end: String(endS),
      step: String(STEP_S),
    }),
  });
  const text = await response.text();
  const ms = performance.now() - startedMs;
  if (!response.ok) throw new Error(`query_range: ${text.slice(0, 500)}`);
  const { data } = JSON.parse(text);
  return {
    ms,
    series: data.result.length,
    points: data.result.reduce(
      (sum: number, { values }: { values: unknown[] }) => sum + values.length,
      0,
    ),
  };
}

async function startCluster(dataDir: string) {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--max-semi-space-size=4',
      CLI,
      ...['start', '--data', dataDir, '--port', '0'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = await once(child.stdout, 'data');
  const [, port] = /127\.0\.0\.1:(\d+)/.exec(String(line)) ?? [];
  if (!port) throw new Error(`the local cluster did not start: ${line}`);
  const token = readFileSync(join(dataDir, 'token'), 'utf8').trim();
  return {
    api: `http://127.0.0.1:${port}/prometheus/api/v1/`,
    headers: { authorization: `Bearer ${token}` },
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function askReal(
  series: readonly SelectedSeries[],
  endS: number,
): Promise<Asked[]> {
  const real = await RealPrometheus.start(series);
  try {
    return await inRounds(ROUNDS, () => ask(real.url, endS));
  } finally {
    await real.stop();
  }
}

const median = (samples: number[]) =>
  samples.toSorted((a, b) => a - b)[samples.length >> 1];

/** A graph of a day of 50 series, through HTTP, and the same of a real Prometheus where there is one. */
export async function measure(): Promise<Measure[]> {
  progress('query_range: making a day of samples');
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-query-'));
  const endS = Math.floor(Date.now() / 60_000) * 60 - 60;
  const filled = await fillMeshDay(join(dataDir, 'prometheus'), {
    endMs: endS * 1000,
    hours: 25,
    intervalMs: 5_000,
  });
  const series = filled.select([], -Infinity, Infinity);
  await filled.close();
  const cluster = await startCluster(dataDir);
  try {
    progress('query_range: 24 h and 50 series');
    const ours = await inRounds(ROUNDS, () =>
      ask(cluster.api, endS, cluster.headers),
    );
    const [{ series: count, points }] = ours;
    if (count !== 50) throw new Error(`${count} series came back, not 50`);
    const measures: Measure[] = [
      {
        name: 'query_range over 24 h and 50 series',
        unit: 'ms',
        samples: ours.map(({ ms }) => ms),
        limit: { atMost: 100 },
        note: `rate over 5 m every ${STEP_S} s, ${points} points, from the request to the whole answer`,
      },
    ];
    const missing = prometheusMissing();
    if (missing) {
      progress(`without a real Prometheus beside it: ${missing}`);
      return measures;
    }
    const theirs = (await askReal(series, endS)).map(({ ms }) => ms);
    return [
      ...measures,
      {
        name: 'the same of Prometheus 2.42',
        unit: 'ms',
        samples: theirs,
        note: `with the same samples; the local cluster takes ${(
          median(ours.map(({ ms }) => ms)) / median(theirs)
        ).toFixed(1)} times as long`,
      },
    ];
  } finally {
    await cluster.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
