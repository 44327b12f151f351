import type {
  MetricRange,
  Revision,
  WorkloadView,
} from '@ghostlight/plugin-clusters-node';
import type { DeployMarker } from '@ghostlight/plugin-health-common';
import type { CommitFacts } from '../report/facts';

/** A chart with more is a fence. */
const MAX_MARKERS = 50;

/** Revisions that were deployed within a range, newest last. */
export function revisionsWithin(
  workloads: WorkloadView[],
  { from, to }: Pick<MetricRange, 'from' | 'to'>,
): Revision[] {
  const start = Date.parse(from);
  const end = Date.parse(to);
  return workloads
    .flatMap(({ revision, revisions }) =>
      // The current one knows who deployed it and when it became current again.
      revisions.map(each => (each.hash === revision?.hash ? revision : each)),
    )
    .filter(({ at }) => Date.parse(at) >= start && Date.parse(at) <= end)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .slice(-MAX_MARKERS);
}

/** The same for people. */
export function deployMarkers(
  revisions: Revision[],
  commits: Map<string, CommitFacts>,
  names: Map<string, string>,
): DeployMarker[] {
  return revisions.map(({ at, workload, hash, commit, by }) => ({
    at,
    workload: workload.name,
    revision: hash,
    commit: commit && {
      repo: commit.repo,
      sha: commit.sha,
      message: commits.get(commit.sha)?.message,
    },
    by,
    byName: by && names.get(by),
  }));
}
