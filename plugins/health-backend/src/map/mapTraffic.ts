import {
  durationWords,
  type MetricSource,
  type TrafficEdge,
  type WorkloadTraffic,
} from '@ghostlight/plugin-clusters-node';
import type { HealthWindow } from '@ghostlight/plugin-health-common';
import { intervalOf } from '../metrics/windows';
import { knownMs, PARTS } from './knownPart';

/** Systems live in one namespace, or in a few. */
const MAX_NAMESPACES = 5;
/** A scrape that failed is no reason for a note. */
const WHOLE = 0.97;

/** What was seen within the window. */
export interface SeenTraffic {
  edges: TrafficEdge[];
  workloads: WorkloadTraffic[];
  notes: string[];
}

/** Asks for the traffic of all namespaces of a map at once. */
export async function mapTraffic(
  source: MetricSource,
  namespaces: string[],
  window: HealthWindow,
  now: Date,
  signal: AbortSignal | undefined,
): Promise<SeenTraffic> {
  const interval = intervalOf(window, now);
  const answers = await Promise.all(
    namespaces
      .slice(0, MAX_NAMESPACES)
      .map(namespace => namespaceTraffic(source, namespace, interval, signal)),
  );
  const notes = answers.flatMap(answer => answer.notes);
  if (namespaces.length > MAX_NAMESPACES) {
    notes.push(
      `traffic is looked at in ${MAX_NAMESPACES} of ${namespaces.length} namespaces`,
    );
  }
  return {
    edges: answers.flatMap(({ edges }) => edges),
    workloads: answers.flatMap(({ workloads }) => workloads),
    notes: [...new Set(notes)],
  };
}

/** Its rates are of the time in which anything was counted, which may be a part of the interval. */
async function namespaceTraffic(
  source: MetricSource,
  namespace: string,
  interval: { from: string; to: string },
  signal: AbortSignal | undefined,
): Promise<SeenTraffic> {
  const options = { namespace, signal };
  const overviewOf = (of: { from: string; to: string }) => {
    const lengthMs = Date.parse(of.to) - Date.parse(of.from);
    return source.overview(of, {
      ...options,
      trendStepMs: Math.round(lengthMs / PARTS),
    });
  };
  const [traffic, overview] = await Promise.all([
    source.traffic(interval, options),
    overviewOf(interval),
  ]);
  const notes = [...traffic.notes, ...overview.notes];
  const { edges } = traffic;
  const { workloads } = overview;
  const lengthMs = Date.parse(interval.to) - Date.parse(interval.from);
  const known = await knownMs(
    interval,
    workloads,
    async part => (await overviewOf(part)).workloads,
  );
  if (known === 0 || known >= lengthMs * WHOLE) {
    return { edges, workloads, notes };
  }
  const scaled = <T extends { requestsPerSecond: number }>(each: T): T => ({
    ...each,
    requestsPerSecond: (each.requestsPerSecond * lengthMs) / known,
  });
  return {
    edges: edges.map(scaled),
    workloads: workloads.map(scaled),
    notes: [
      ...notes,
      `requests are known for ${durationWords(
        known,
      )} of the last ${durationWords(lengthMs)}: rates are of that time`,
    ],
  };
}
