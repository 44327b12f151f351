import type {
  MetricSource,
  TrafficEdge,
  WorkloadTraffic,
} from '@ghostlight/plugin-clusters-node';
import type { HealthWindow } from '@ghostlight/plugin-health-common';
import { rangeOf } from '../metrics/windows';

/** A small line has room for so many. */
const TREND_POINTS = 30;
/** Systems live in one namespace, or in a few. */
const MAX_NAMESPACES = 5;

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
  const { from, to } = rangeOf(window, undefined, now);
  const trendStepMs = (Date.parse(to) - Date.parse(from)) / TREND_POINTS;
  const answers = await Promise.all(
    namespaces.slice(0, MAX_NAMESPACES).map(async namespace => {
      const options = { namespace, signal };
      const [traffic, overview] = await Promise.all([
        source.traffic({ from, to }, options),
        source.overview({ from, to }, { ...options, trendStepMs }),
      ]);
      return { traffic, overview };
    }),
  );
  const notes = answers.flatMap(({ traffic, overview }) => [
    ...traffic.notes,
    ...overview.notes,
  ]);
  if (namespaces.length > MAX_NAMESPACES) {
    notes.push(
      `traffic is looked at in ${MAX_NAMESPACES} of ${namespaces.length} namespaces`,
    );
  }
  return {
    edges: answers.flatMap(({ traffic }) => traffic.edges),
    workloads: answers.flatMap(({ overview }) => overview.workloads),
    notes: [...new Set(notes)],
  };
}
