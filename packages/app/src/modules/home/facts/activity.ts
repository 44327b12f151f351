import type { Deployment } from '@ghostlight/plugin-delivery-common';
import type { Commit } from '@ghostlight/plugin-forge-common';

/** Something that happened, for the list of recent activity. */
export type Activity =
  | { kind: 'deployment'; id: string; at: string; deployment: Deployment }
  | {
      kind: 'commit';
      id: string;
      at: string;
      repository: string;
      commit: Commit;
    };

/** A commit and the repository it is in. */
export interface RepositoryCommit {
  repository: string;
  commit: Commit;
}

/** Deployments and commits in one line of time, newest first. */
export function mergeActivity(
  deployments: readonly Deployment[],
  commits: readonly RepositoryCommit[],
  limit: number,
): Activity[] {
  const all: Activity[] = [
    ...deployments
      .filter(({ state }) => state !== 'superseded')
      .map(
        (deployment): Activity => ({
          kind: 'deployment',
          id: deployment.id,
          at: deployment.finishedAt ?? deployment.startedAt,
          deployment,
        }),
      ),
    ...commits.map(
      ({ repository, commit }): Activity => ({
        kind: 'commit',
        id: `${repository}@${commit.sha}`,
        at: commit.at,
        repository,
        commit,
      }),
    ),
  ];
  return all
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .slice(0, limit);
}
