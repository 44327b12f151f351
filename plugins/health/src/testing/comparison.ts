import type {
  ComparedMetric,
  DeployComparison,
  WorkloadComparison,
} from '@ghostlight/plugin-health-common';
import { ago } from './reports';

const MiB = 1024 ** 2;

const metrics: ComparedMetric[] = [
  {
    metric: 'errors',
    unit: 'ratio',
    before: 0.0021,
    after: 0.0024,
    difference: 0.0003,
    interval: [-0.001, 0.002],
    verdict: 'no-worse',
  },
  {
    metric: 'p50',
    unit: 'ms',
    before: 21,
    after: 20.6,
    difference: -0.4,
    interval: [-1.1, 0.3],
    verdict: 'no-worse',
  },
  {
    metric: 'p95',
    unit: 'ms',
    before: 81,
    after: 84,
    difference: 3,
    interval: [-4, 10],
    verdict: 'no-worse',
  },
  {
    metric: 'p99',
    unit: 'ms',
    before: 139,
    after: 142,
    difference: 3,
    verdict: 'undecided',
    note: 'Too few requests are that slow to tell.',
  },
  {
    metric: 'requests',
    unit: 'per-second',
    before: 24,
    after: 23.6,
    difference: -0.4,
    verdict: 'no-worse',
    note: 'How much is asked is not judged.',
  },
  {
    metric: 'memory',
    unit: 'bytes',
    before: 57 * MiB,
    after: 52 * MiB,
    difference: -5 * MiB,
    interval: [-6 * MiB, -4 * MiB],
    verdict: 'better',
  },
];

export function aWorkloadComparison(
  changes: Partial<WorkloadComparison> = {},
): WorkloadComparison {
  return {
    workload: { namespace: 'default', kind: 'Deployment', name: 'orders' },
    before: {
      from: ago(1440),
      to: ago(720),
      revision: '66c8d4f7b',
      commit: {
        repo: 'orders',
        sha: '51be0d7aa0112233445566778899aabbccddeeff',
        message: 'Log the id of each order',
      },
      byName: 'Sam Okafor',
      by: 'user:default/sam',
      requests: 17_240,
    },
    after: {
      from: ago(720),
      to: ago(0),
      revision: '7d4f9c6b5',
      commit: {
        repo: 'orders',
        sha: 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678',
        message: 'Greet people by their first name',
      },
      by: 'user:default/maya',
      byName: 'Maya Lindqvist',
      requests: 16_981,
    },
    verdict: 'no-worse',
    sentence: 'No worse: 0.24 % errors after 0.21 %, p95 84 ms after 81 ms.',
    metrics,
    notes: [],
    ...changes,
  };
}

export function aComparison(
  changes: Partial<DeployComparison> = {},
): DeployComparison {
  return {
    entityRef: 'component:default/orders',
    environment: 'local',
    at: ago(1),
    workloads: [aWorkloadComparison()],
    ...changes,
  };
}
