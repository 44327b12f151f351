import { cpus, freemem, totalmem } from 'node:os';
import type { KubeObject } from '../../types.ts';
import { textAt } from '../json-path.ts';
import type { Column } from '../kinds/index.ts';
import { nameColumn } from '../kinds/columns.ts';
import { parseLabelSelector } from '../selectors/label-selector.ts';
import type { ApiParts } from '../requests/context.ts';

/** The kernel counts in hundredths of a second, so this tells a share of a core to 4 %. */
const WINDOW_MS = 250;

export const nodeMetricsColumns: Column[] = [
  nameColumn,
  {
    name: 'CPU',
    description: 'Used of all cores, in billionths of one.',
    cell: object => textAt(object, 'usage', 'cpu') ?? '',
  },
  {
    name: 'Memory',
    description: 'Used memory of the machine.',
    cell: object => textAt(object, 'usage', 'memory') ?? '',
  },
  {
    name: 'Window',
    description: 'Time over which CPU was measured.',
    cell: object => textAt(object, 'window') ?? '',
  },
];

/** Processor time since the machine started, of all cores together. */
function processorTime(): { busyMs: number; totalMs: number } {
  const times = cpus().map(cpu => cpu.times);
  const totalMs = times
    .flatMap(each => Object.values(each))
    .reduce((sum, ms) => sum + ms, 0);
  const idleMs = times.reduce((sum, { idle }) => sum + idle, 0);
  return { busyMs: totalMs - idleMs, totalMs };
}

/** metrics.k8s.io of the one node: of the whole machine, as it is while it is asked. */
export async function listNodeMetrics(
  { store, clock }: ApiParts,
  labelSelector: string,
): Promise<KubeObject[]> {
  const matches = parseLabelSelector(labelSelector);
  const nodes = store
    .list({ apiVersion: 'v1', kind: 'Node' })
    .items.filter(({ metadata }) => matches(metadata.labels ?? {}));
  if (nodes.length === 0) return [];
  const before = processorTime();
  await new Promise<void>(resolve => {
    clock.after(WINDOW_MS, resolve);
  });
  const after = processorTime();
  const busy =
    (after.busyMs - before.busyMs) /
    Math.max(1, after.totalMs - before.totalMs);
  const cpu = `${Math.round(busy * cpus().length * 1e9)}n`;
  const memory = `${Math.round((totalmem() - freemem()) / 1024)}Ki`;
  const timestamp = `${clock.now().toISOString().slice(0, 19)}Z`;
  return nodes.map(({ metadata: { name, labels, uid, resourceVersion } }) => ({
    kind: 'NodeMetrics',
    apiVersion: 'metrics.k8s.io/v1beta1',
    metadata: {
      name,
      labels,
      uid,
      creationTimestamp: timestamp,
      resourceVersion,
    },
    timestamp,
    window: `${WINDOW_MS}ms`,
    usage: { cpu, memory },
  }));
}
