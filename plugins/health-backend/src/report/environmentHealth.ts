import {
  sinceWords,
  type EnvironmentWorkloads,
} from '@ghostlight/plugin-clusters-node';
import type {
  EnvironmentHealth,
  HealthStatus,
  WorkloadHealth,
} from '@ghostlight/plugin-health-common';
import { firingWords } from './alertsFiring';
import type { HealthFacts } from './facts';
import { statusWord, worst } from './status';
import { sumTraffic } from './trafficRules';
import { trafficWords } from './trafficWords';
import { workloadHealth } from './workloadHealth';

export function environmentHealth(
  { environment, state, workloads }: EnvironmentWorkloads,
  facts: HealthFacts,
): EnvironmentHealth {
  const parts = workloads.map(view => workloadHealth(view, facts));
  const { status, sentence } = withAlerts(
    judge(parts),
    parts.length > 0 ? facts.alerts.get(environment.name) : undefined,
  );
  const { name, tier, cluster } = environment;
  const shared = {
    environment: { name, tier },
    cluster: state,
    workloads: parts,
    traffic: sumTraffic(parts.map(({ traffic }) => traffic)),
  };
  if (state.reachable) {
    return { ...shared, status, sentence };
  }
  const lastKnown =
    parts.length > 0
      ? `Last known: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
      : 'What runs there is not known.';
  return {
    ...shared,
    status: 'unknown',
    sentence: `Unknown. Cluster ${cluster} has been out of reach for ${sinceWords(
      state.since,
      facts.now,
    )}: ${state.error}. ${lastKnown}`,
  };
}

interface Judgement {
  status: HealthStatus;
  sentence: string;
}

/** What its team calls wrong is wrong, also while replicas and requests seem well, and also when somebody looks at it. */
function withAlerts(
  { status, sentence }: Judgement,
  names: string[] | undefined,
): Judgement {
  const words = firingWords(names);
  if (!words) {
    return { status, sentence };
  }
  const raised = worst([status, 'degraded']);
  return raised === status
    ? { status, sentence: `${sentence} ${words}` }
    : {
        status: raised,
        sentence: sentence.replace(/^\w+\./, `${statusWord(raised)}. ${words}`),
      };
}

function judge(parts: WorkloadHealth[]): Judgement {
  if (parts.length === 0) {
    return { status: 'unknown', sentence: 'Nothing is deployed.' };
  }
  if (parts.length === 1) {
    return parts[0];
  }
  const status = worst(parts.map(part => part.status));
  const sum = (count: 'ready' | 'desired') =>
    parts.reduce((total, { replicas }) => total + replicas[count], 0);
  const traffic = sumTraffic(parts.map(part => part.traffic));
  const counts = `${sum('ready')} of ${sum('desired')} replicas of ${
    parts.length
  } workloads ready${traffic ? `, ${trafficWords(traffic)}` : ''}.`;
  const told = parts
    .filter(part => part.status === status && status !== 'healthy')
    .map(({ ref, sentence }) => `${ref.name}: ${sentence}`);
  return {
    status,
    sentence: [`${statusWord(status)}. ${counts}`, ...told.slice(0, 1)].join(
      ' ',
    ),
  };
}
