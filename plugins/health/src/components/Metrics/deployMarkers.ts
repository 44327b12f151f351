import type { ChartMarker } from '@ghostlight/plugin-ghostlight-react';
import type { DeployMarker } from '@ghostlight/plugin-health-common';

/** Deploys of one workload as marks in its charts. */
export function deployMarkers(
  deploys: readonly DeployMarker[],
  workload: string,
): ChartMarker[] {
  return deploys
    .filter(deploy => deploy.workload === workload)
    .map(deploy => {
      const { commit } = deploy;
      const by = deploy.byName ?? deploy.by?.split('/').at(-1);
      const subject = commit?.message?.split('\n', 1)[0];
      return {
        id: `${deploy.revision} ${deploy.at}`,
        at: deploy.at,
        title: `Deploy ${commit ? commit.sha.slice(0, 7) : deploy.revision}`,
        detail:
          [subject, by && `by ${by}`].filter(Boolean).join(', ') || undefined,
      };
    });
}
