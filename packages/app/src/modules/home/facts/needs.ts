import type { Deployment } from '@ghostlight/plugin-delivery-common';
import type { Alert, HealthSummary } from '@ghostlight/plugin-health-common';
import type { Component } from './component';

/** Why a component needs somebody. */
export type Reason =
  | { kind: 'unhealthy'; status: 'failing' | 'degraded'; sentence: string }
  | { kind: 'alert'; alert: Alert }
  | { kind: 'failed deployment'; deployment: Deployment };

/**
 * One thing that needs this person. A crash is bad health, an alert and a
 * deployment that did not arrive, and still one thing: all that is known of one
 * component is one need.
 */
export interface Need {
  component: Component;
  /** Worst first; at least one. */
  reasons: Reason[];
}

export interface NeedFacts {
  /** Components of this person's teams. */
  components: readonly Component[];
  summaries: ReadonlyMap<string, HealthSummary>;
  /** Those that fire. */
  alerts: readonly Alert[];
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
  const failed = newestDeployments(facts.deployments).filter(
    ({ state }) => state === 'failed',
  );
  return facts.components
    .map(component => ({
      component,
      reasons: [
        ...healthReasons(facts.summaries.get(component.ref)),
        // What was acknowledged needs nobody else.
        ...facts.alerts
          .filter(
            ({ entityRef, acknowledged }) =>
              entityRef === component.ref && !acknowledged,
          )
          .map((alert): Reason => ({ kind: 'alert', alert })),
        ...failed
          .filter(({ entityRef }) => entityRef === component.ref)
          .map(
            (deployment): Reason => ({ kind: 'failed deployment', deployment }),
          ),
      ].sort((a, b) => rank(a) - rank(b)),
    }))
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => rank(a.reasons[0]) - rank(b.reasons[0]));
}

function healthReasons(summary: HealthSummary | undefined): Reason[] {
  return summary?.status === 'failing' || summary?.status === 'degraded'
    ? [
        {
          kind: 'unhealthy',
          status: summary.status,
          sentence: summary.sentence,
        },
      ]
    : [];
}

/** The lower the worse. */
function rank(reason: Reason): number {
  switch (reason.kind) {
    case 'unhealthy':
      return reason.status === 'failing' ? 0 : 2;
    case 'alert':
      return reason.alert.severity === 'critical' ? 1 : 4;
    default:
      return 3;
  }
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
