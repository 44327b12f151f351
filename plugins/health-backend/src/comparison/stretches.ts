import type { Revision, WorkloadView } from '@ghostlight/plugin-clusters-node';

/** While replicas are replaced and caches are cold, nothing is compared. */
export const SETTLING_MS = 30_000;
const MAX_MS = 3_600_000;

export interface Stretch {
  fromMs: number;
  toMs: number;
}

export interface Stretches {
  current: Revision;
  /** The revision that ran before; undefined when the deploy is the first, or nobody knows any more. */
  previous?: Revision;
  before: Stretch;
  after: Stretch;
  notes: string[];
}

/**
 * What is compared: from the deploy and its settling to now, at most an hour, and as long a stretch that ends with the
 * deploy and does not reach into the settling of the one before.
 */
export function stretchesOf(
  workload: WorkloadView,
  nowMs: number,
): Stretches | undefined {
  const current = workload.revision;
  if (!current) {
    return undefined;
  }
  const deployedMs = Date.parse(current.at);
  const [previous] = workload.revisions
    .filter(
      ({ hash, at }) => hash !== current.hash && Date.parse(at) < deployedMs,
    )
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const fromMs = deployedMs + SETTLING_MS;
  const toMs = Math.max(fromMs, Math.min(nowMs, fromMs + MAX_MS));
  const wantedMs = deployedMs - (toMs - fromMs);
  const settledMs = previous ? Date.parse(previous.at) + SETTLING_MS : wantedMs;
  const beforeMs = Math.min(deployedMs, Math.max(wantedMs, settledMs));
  return {
    current,
    ...(previous && { previous }),
    before: { fromMs: beforeMs, toMs: deployedMs },
    after: { fromMs, toMs },
    notes:
      beforeMs > wantedMs
        ? ['The stretch before is shorter: another deploy came before it.']
        : [],
  };
}
