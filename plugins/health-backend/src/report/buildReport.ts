import type {
  EnvironmentHealth,
  HealthReport,
  HealthSummary,
} from '@ghostlight/plugin-health-common';
import { environmentHealth } from './environmentHealth';
import type { HealthFacts } from './facts';
import { notAnnotated, nothingDeployed } from './problems';
import { byBadness, statusWord, worst } from './status';

/** Facts in, report out. */
export function buildReport(facts: HealthFacts): HealthReport {
  const { entityRef, annotated, now } = facts;
  const shared = { entityRef, at: now.toISOString() };
  if (annotated.kind !== 'yes') {
    return {
      ...shared,
      ...notAnnotated(entityRef, annotated),
      environments: [],
    };
  }
  const environments = facts.environments.map(environment =>
    environmentHealth(environment, facts),
  );
  const telling = environments.filter(
    ({ workloads, cluster }) => workloads.length > 0 || !cluster.reachable,
  );
  if (telling.length === 0) {
    return {
      ...shared,
      ...nothingDeployed(entityRef, annotated.selector, environments),
      environments,
    };
  }
  return {
    ...shared,
    status: worst(telling.map(({ status }) => status)),
    sentence: overall(telling),
    traffic: worstFirst(telling)[0].traffic,
    environments,
  };
}

/** The part of a report that lists need. */
export function summarize(report: HealthReport): HealthSummary {
  const sum = (count: 'ready' | 'desired') =>
    report.environments
      .flatMap(({ workloads }) => workloads)
      .reduce((total, { replicas }) => total + replicas[count], 0);
  return {
    status: report.status,
    sentence: report.sentence,
    ready: sum('ready'),
    desired: sum('desired'),
    traffic: report.traffic,
  };
}

/** One environment speaks for itself; of several, the worst tells why and the others are named by status. */
function overall(environments: EnvironmentHealth[]): string {
  const [first, ...others] = worstFirst(environments);
  if (others.length === 0) {
    return first.sentence;
  }
  const own = first.sentence.replace(/^\w+\. /, '');
  const statuses = [...new Set(others.map(({ status }) => status))];
  const rest = statuses.map(status => {
    const names = others
      .filter(other => other.status === status)
      .map(({ environment }) => environment.name);
    return `${statusWord(status)} in ${names.join(', ')}.`;
  });
  return [
    `${statusWord(first.status)} in ${first.environment.name}. ${own}`,
    ...rest,
  ].join(' ');
}

function worstFirst(environments: EnvironmentHealth[]): EnvironmentHealth[] {
  return [...environments].sort((a, b) => byBadness(a.status, b.status));
}
