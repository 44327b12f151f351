import type {
  MetricPoint,
  WorkloadTraffic,
} from '@ghostlight/plugin-clusters-node';

/** Points between which it is looked for where data begin; three looks find it in a day to within seconds. */
export const PARTS = 30;
const LOOKS = 3;
/** A few scrapes: nothing is told from less. */
const EXACT_MS = 10_000;

/** Asks for the trends of an interval at `PARTS` + 1 points. */
export type AskTrends = (interval: {
  from: string;
  to: string;
}) => Promise<Pick<WorkloadTraffic, 'trend'>[]>;

/**
 * For how much of an interval anything was counted, in milliseconds. A rate is what was counted divided by the whole
 * interval: where a Prometheus began a moment ago, or was away, that is far too little.
 */
export async function knownMs(
  interval: { from: string; to: string },
  workloads: Pick<WorkloadTraffic, 'trend'>[],
  ask: AskTrends,
  looks: number = LOOKS,
): Promise<number> {
  const from = Date.parse(interval.from);
  const partMs = (Date.parse(interval.to) - from) / PARTS;
  const measured = measuredParts(workloads, from, partMs);
  const known = measured.filter(Boolean).length * partMs;
  // Where data begin, a part is known in part: of several such, the newest is looked at closely.
  const begin = measured.findLastIndex(
    (isMeasured, part) => isMeasured && measured[part - 1] !== true,
  );
  const isWhole = begin === 0 && measured.every(Boolean);
  if (begin < 0 || isWhole || looks <= 1 || partMs <= EXACT_MS) {
    return known;
  }
  const part = {
    from: new Date(from + begin * partMs).toISOString(),
    to: new Date(from + (begin + 1) * partMs).toISOString(),
  };
  const inPart = await knownMs(part, await ask(part), ask, looks - 1);
  return known - partMs + inPart;
}

/** The point at the end of a part says whether anything was counted in it. */
function measuredParts(
  workloads: Pick<WorkloadTraffic, 'trend'>[],
  from: number,
  partMs: number,
): boolean[] {
  const parts = new Array<boolean>(PARTS).fill(false);
  const points: MetricPoint[] = workloads.flatMap(({ trend }) => trend ?? []);
  for (const [at, value] of points) {
    const part = Math.round((at - from) / partMs) - 1;
    if (value !== undefined && part >= 0 && part < PARTS) {
      parts[part] = true;
    }
  }
  return parts;
}
