import type { Deployment } from '@ghostlight/plugin-delivery-common';
import type { HealthSummary } from '@ghostlight/plugin-health-common';
import type { Component } from './component';

/** One thing that needs this person. */
export type Need =
  | {
      kind: 'unhealthy';
      component: Component;
      status: 'failing' | 'degraded';
      sentence: string;
    }
  | { kind: 'failed deployment'; component: Component; deployment: Deployment };

export interface NeedFacts {
  /** Components of this person's teams. */
  components: readonly Component[];
  summaries: ReadonlyMap<string, HealthSummary>;
  /** Newest first. */
  deployments: readonly Deployment[];
}

/** The newest deployment of each component and environment. */
export function newestDeployments(
  deployments: readonly Deployment[],
): Deployment[] {
  const seen = new Set<string>();
  return deployments.filter(({ entityRef, environment, state }) => {
    if (state === 'superseded') return false;
    const place = `${entityRef} ${environment}`;
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}

/** What is wrong with what this person owns, worst first. Nothing is guessed. */
export function findNeeds(facts: NeedFacts): Need[] {
  const { components, summaries, deployments } = facts;
  const unhealthy = components.flatMap((component): Need[] => {
    const summary = summaries.get(component.ref);
    return summary?.status === 'failing' || summary?.status === 'degraded'
      ? [
          {
            kind: 'unhealthy',
            component,
            status: summary.status,
            sentence: summary.sentence,
          },
        ]
      : [];
  });
  const failed = newestDeployments(deployments).flatMap(
    (deployment): Need[] => {
      const component = components.find(c => c.ref === deployment.entityRef);
      return component && deployment.state === 'failed'
        ? [{ kind: 'failed deployment', component, deployment }]
        : [];
    },
  );
  const severity = (need: Need) =>
    need.kind === 'unhealthy' && need.status === 'failing' ? 0 : 1;
  return [...unhealthy, ...failed].sort((a, b) => severity(a) - severity(b));
}

/**
 * The answer of the page. Says "nothing" only when everything that could need
 * somebody was read.
 */
export function needsSentence(
  count: number,
  unread: readonly string[],
): string {
  const what = count === 1 ? '1 thing needs you' : `${count} things need you`;
  if (unread.length > 0) {
    const rest = `${unread.join(' and ')} could not be read`;
    return count > 0 ? `${what}; ${rest}.` : `No answer yet: ${rest}.`;
  }
  return count > 0 ? `${what}.` : 'Nothing needs you.';
}
