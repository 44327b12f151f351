import { useFiringAlerts, useHealthSummaries } from '@ghostlight/plugin-health';
import type { Deployment } from '@ghostlight/plugin-delivery-common';
import { useDeployments } from './data/useDeployments';
import { useMe } from './data/useMe';
import { useMyComponents } from './data/useMyComponents';
import { useRemoved } from './data/useRemoved';
import { useRecentCommits } from './data/useRepositories';
import { mergeActivity } from './facts/activity';
import { findNeeds, needsSentence } from './facts/needs';

/** How much of what happened is worth a glance. */
const ACTIVITY = 10;

/** What runs: the newest that succeeded, also when a newer one did not. */
function byComponent(deployments: readonly Deployment[]) {
  return new Map(
    deployments
      .filter(({ state }) => state === 'succeeded')
      // The newest comes first and must win.
      .reverse()
      .map(deployment => [deployment.entityRef, deployment] as const),
  );
}

/** All that the home page says, from what the plugins know. */
export function useHome() {
  const me = useMe();
  const components = useMyComponents(me.data?.claims);
  const running = (components.data ?? [])
    .filter(({ hasWorkload }) => hasWorkload)
    .map(({ ref }) => ref);
  const health = useHealthSummaries(running);
  const firing = useFiringAlerts(running);
  const deployments = useDeployments();
  const commits = useRecentCommits();

  const isReading =
    me.isPending ||
    components.isPending ||
    health.isLoading ||
    firing.isLoading ||
    deployments.isPending;
  const unread = [
    components.error && !components.data && 'your components',
    health.error && 'the health of your components',
    firing.error && !firing.alerts && 'alerts',
    deployments.error && !deployments.data && 'deployments',
  ].filter(name => typeof name === 'string');
  const needs = findNeeds({
    components: components.data ?? [],
    summaries: health.summaries,
    alerts: firing.alerts ?? [],
    deployments: deployments.data ?? [],
  });

  const activity =
    deployments.data || commits.data
      ? mergeActivity(deployments.data ?? [], commits.data ?? [], ACTIVITY)
      : undefined;
  const removed = useRemoved(
    (activity ?? []).flatMap(item =>
      item.kind === 'deployment' ? [item.deployment.entityRef] : [],
    ),
  );

  return {
    me: me.data,
    components,
    health,
    /** What fires of them; missing until it was read. */
    alerts: firing.alerts,
    needs,
    /** Missing until everything that could need somebody was asked. */
    sentence: isReading ? undefined : needsSentence(needs.length, unread),
    deployed: byComponent(deployments.data ?? []),
    activity,
    removed,
    activityProblem: activityProblem(
      deployments.data ? undefined : deployments.error,
      commits.data ? undefined : commits.error,
    ),
    retryActivity: () => {
      deployments.refetch();
      commits.refetch();
    },
  };
}

function activityProblem(
  deployments: Error | null | undefined,
  commits: Error | null | undefined,
) {
  if (deployments) {
    return { what: 'Deployments could not be read', error: deployments };
  }
  return commits
    ? { what: 'Commits could not be read', error: commits }
    : undefined;
}
