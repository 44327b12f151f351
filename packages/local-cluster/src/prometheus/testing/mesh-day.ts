import { makeLabels } from '../tsdb/labels.ts';
import type { Series } from '../tsdb/series.ts';
import { Tsdb } from '../tsdb/tsdb.ts';

const EDGES = [
  ['unknown', 'web'],
  ['web', 'orders'],
  ['web', 'recommendations'],
  ['orders', 'payments'],
  ['orders', 'inventory'],
] as const;
const CODES = ['200', '404', '503', '0'];
const BOUNDS = ['1', '5', '10', '25', '50', '100', '250', '500', '+Inf'];
const MINUTE_MS = 60_000;

/** Numbers that look random and are the same each time (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Generated {
  series: Series;
  value: number;
  /** By how much it grows, or what it is. */
  next(before: number): number;
}

function generators(tsdb: Tsdb): Generated[] {
  const chance = random(7);
  const all: Generated[] = [];
  const add = (
    labels: Record<string, string>,
    next: Generated['next'],
    value = 0,
  ) => {
    const series = tsdb.series(makeLabels(Object.entries(labels)));
    if (!series) throw new Error('the database takes no more series');
    all.push({ series, value, next });
  };
  // A process that starts anew: now and then, never two of them at once.
  const grows = (most: number) => (before: number) =>
    chance() < 0.0005 ? 0 : before + Math.floor(chance() * most);
  for (const [source, destination] of EDGES) {
    const edge = {
      reporter: 'source',
      source_workload: source,
      source_workload_namespace: 'default',
      destination_workload: destination,
      destination_workload_namespace: 'default',
      destination_service_name: destination,
      destination_service_namespace: 'default',
      destination_canonical_revision: 'v1',
    };
    for (const [nth, response_code] of CODES.entries()) {
      const labels = { ...edge, response_code };
      add(
        { __name__: 'istio_requests_total', ...labels },
        grows(nth === 0 ? 40 : 3),
      );
    }
    const duration = 'istio_request_duration_milliseconds';
    const labels = { ...edge, response_code: '200' };
    for (const le of BOUNDS) {
      add({ __name__: `${duration}_bucket`, ...labels, le }, grows(10));
    }
    add({ __name__: `${duration}_count`, ...labels }, grows(80));
    add(
      { __name__: `${duration}_sum`, ...labels },
      before => before + Math.round(chance() * 1e6) / 1e3,
    );
    const pod = `${destination}-5d8f7c9b6d-x2x4z`;
    const of = { namespace: 'default', pod, container: 'main', image: 'a:1' };
    add(
      { __name__: 'container_cpu_usage_seconds_total', ...of },
      before => Math.round((before + chance() * 0.4) * 100) / 100,
    );
    add({ __name__: 'container_memory_working_set_bytes', ...of }, () =>
      Math.floor(5e7 + chance() * 1e7),
    );
    add(
      { __name__: 'container_spec_memory_limit_bytes', ...of },
      before => before,
      2 ** 28,
    );
    const { image: _image, ...state } = of;
    add(
      { __name__: 'kube_pod_container_status_restarts_total', ...state },
      before => (chance() < 0.001 ? before + 1 : before),
    );
    add(
      {
        __name__: 'kube_pod_container_resource_limits',
        ...state,
        resource: 'memory',
        unit: 'byte',
      },
      before => before,
      2 ** 28,
    );
    const deployment = { namespace: 'default', deployment: destination };
    add(
      { __name__: 'kube_deployment_spec_replicas', ...deployment },
      before => before,
      2,
    );
    add(
      { __name__: 'kube_deployment_status_replicas_ready', ...deployment },
      () => (chance() < 0.1 ? 1 : 2),
    );
  }
  return all;
}

/** Fills a folder with metrics as five services make them, up to `endMs`, thinned as time goes by. */
export async function fillMeshDay(
  folder: string,
  {
    endMs,
    hours,
    intervalMs,
  }: { endMs: number; hours: number; intervalMs: number },
): Promise<Tsdb> {
  const beginMs = endMs - hours * 60 * MINUTE_MS;
  let nowMs = beginMs;
  const tsdb = Tsdb.open({ folder, now: () => nowMs });
  const all = generators(tsdb);
  let maintainedMs = nowMs;
  for (; nowMs <= endMs; nowMs += intervalMs) {
    tsdb.advance(nowMs);
    for (const generated of all) {
      generated.value = generated.next(generated.value);
      tsdb.append(generated.series, nowMs, generated.value);
    }
    if (nowMs - maintainedMs < MINUTE_MS) continue;
    maintainedMs = nowMs;
    tsdb.flush();
    await tsdb.maintain();
  }
  return tsdb;
}
