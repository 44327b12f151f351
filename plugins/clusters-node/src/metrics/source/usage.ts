import type { MetricRange, UsageSeries, WorkloadRef } from '../../types';
import { onGrid } from './grid';
import { FEW_SERIES, single, uniqueNotes, type Sources } from './Question';
import { rateWindowMs } from './rateWindow';

/** CPU and memory of the busiest replica over time. */
export async function usageSeries(
  { client, preset, scrapeIntervalMs }: Sources,
  workload: WorkloadRef,
  range: MetricRange,
  signal: AbortSignal | undefined,
): Promise<UsageSeries> {
  const target = {
    namespace: workload.namespace,
    workload: workload.name,
    services: [],
  };
  const windowMs = rateWindowMs(scrapeIntervalMs, range.stepMs);
  const ask = (expression: string) =>
    client.range(expression, range, { maxSeries: FEW_SERIES, signal });
  const [cpu, memory] = await Promise.all([
    ask(preset.cpu(target, windowMs)),
    ask(preset.memory(target, windowMs)),
  ]);
  return {
    cpuCores: onGrid(single(cpu), range),
    memoryBytes: onGrid(single(memory), range),
    notes: uniqueNotes(cpu.notes, memory.notes),
  };
}
