import type {
  EnvironmentHealth,
  HealthReport,
  PodHealth,
  WorkloadHealth,
} from '@ghostlight/plugin-health-common';

const MiB = 1024 ** 2;

/** An ISO time that many seconds ago. */
export function ago(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString();
}

export function aPod(
  name: string,
  changes: Partial<PodHealth> = {},
): PodHealth {
  return {
    name,
    state: 'ready',
    restarts: 0,
    startedAt: ago(720),
    revisionHash: '7d4f9c6b5',
    node: 'local',
    cpu: { cores: 0.042, limitCores: 0.5 },
    memory: { bytes: 57 * MiB, limitBytes: 128 * MiB },
    ...changes,
  };
}

export function aWorkload(
  name: string,
  changes: Partial<WorkloadHealth> = {},
): WorkloadHealth {
  return {
    ref: {
      environment: 'local',
      namespace: 'default',
      kind: 'Deployment',
      name,
    },
    status: 'healthy',
    sentence: 'Healthy. 3 of 3 replicas ready.',
    revision: {
      hash: '7d4f9c6b5',
      commit: {
        repo: name,
        sha: 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678',
        message: 'Greet people by their first name',
        author: 'Maya Lindqvist',
        at: ago(3600),
      },
      images: [`${name}:a1b2c3d4e5f6`],
      at: ago(720),
      by: 'user:default/maya',
    },
    replicas: { desired: 3, ready: 3, updated: 3 },
    pods: ['x2k4p', 'b8m1q', 'zz9tr'].map(end =>
      aPod(`${name}-7d4f9c6b5-${end}`),
    ),
    ...changes,
  };
}

export function anEnvironment(
  changes: Partial<EnvironmentHealth> = {},
): EnvironmentHealth {
  return {
    environment: { name: 'local', tier: 'development' },
    status: 'healthy',
    sentence: 'Healthy. 3 of 3 replicas ready. Last deploy 12 minutes ago.',
    cluster: { reachable: true, since: ago(86_400) },
    workloads: [aWorkload('orders')],
    ...changes,
  };
}

export function aReport(changes: Partial<HealthReport> = {}): HealthReport {
  return {
    entityRef: 'component:default/orders',
    at: ago(1),
    status: 'healthy',
    sentence: 'Healthy. 3 of 3 replicas ready. Last deploy 12 minutes ago.',
    environments: [anEnvironment()],
    ...changes,
  };
}

/** One replica crashes, one does not answer its probe, a new revision is on its way. */
export function aTroubledReport(): HealthReport {
  const sentence =
    'Degraded. 2 of 4 replicas ready: one was killed for using more memory than its limit 6 times in 20 minutes, one does not answer its readiness probe.';
  return aReport({
    status: 'degraded',
    sentence,
    environments: [
      anEnvironment({
        status: 'degraded',
        sentence,
        workloads: [
          aWorkload('orders', {
            status: 'degraded',
            sentence,
            replicas: { desired: 4, ready: 2, updated: 1 },
            pods: [
              aPod('orders-66c8d4f7b-h4x0r', {
                revisionHash: '66c8d4f7b',
                memory: { bytes: 109 * MiB, limitBytes: 128 * MiB },
              }),
              aPod('orders-66c8d4f7b-k8s1s', { revisionHash: '66c8d4f7b' }),
              aPod('orders-7d4f9c6b5-x2k4p', {
                state: 'crashing',
                reason:
                  'It ended 6 times; the next start is in 2 min 40 s (CrashLoopBackOff).',
                restarts: 6,
                lastTermination: {
                  reason: 'out of memory: used more than its limit of 128 MiB',
                  exitCode: 137,
                  at: ago(95),
                },
                cpu: undefined,
                memory: { bytes: 127 * MiB, limitBytes: 128 * MiB },
              }),
              aPod('orders-7d4f9c6b5-b8m1q', {
                state: 'not ready',
                reason:
                  'The readiness probe fails since 40 s: GET /ready answered 503.',
                startedAt: ago(48),
                cpu: { cores: 0.41, limitCores: 0.5 },
              }),
            ],
          }),
        ],
      }),
      anEnvironment({
        environment: { name: 'staging', tier: 'staging' },
        sentence: 'Healthy. 3 of 3 replicas ready.',
      }),
    ],
  });
}

export function aDeadClusterReport(): HealthReport {
  const sentence =
    'Unknown. Cluster local has been out of reach for 3 min: connect ECONNREFUSED 127.0.0.1:7010. Last known: healthy. 3 of 3 replicas ready.';
  return aReport({
    status: 'unknown',
    sentence,
    environments: [
      anEnvironment({
        status: 'unknown',
        sentence,
        cluster: {
          reachable: false,
          since: ago(190),
          error: 'connect ECONNREFUSED 127.0.0.1:7010',
        },
      }),
    ],
  });
}

export function aNotAnnotatedReport(): HealthReport {
  return aReport({
    status: 'unknown',
    sentence: 'Unknown. orders does not say which workloads are its own.',
    problem: 'not-annotated',
    environments: [],
  });
}

export function aNothingDeployedReport(): HealthReport {
  return aReport({
    status: 'unknown',
    sentence: 'Unknown. Nothing of orders is deployed.',
    problem: 'nothing-deployed',
    hint: 'No Deployment in local has these labels:\n`backstage.io/kubernetes-id=orders`\nPush to the main branch of its repository to deploy it.',
    environments: [],
  });
}

/** Many replicas, long names. */
export function aCrowdedReport(): HealthReport {
  const name = 'recommendation-candidate-generation-service-eu-central';
  const sentence =
    'Degraded. 49 of 50 replicas ready, 1 is starting. Last deploy 12 minutes ago.';
  return aReport({
    status: 'degraded',
    sentence,
    environments: [
      anEnvironment({
        status: 'degraded',
        sentence,
        workloads: [
          aWorkload(name, {
            replicas: { desired: 50, ready: 49, updated: 50 },
            pods: Array.from({ length: 50 }, (_, n) =>
              aPod(`${name}-7d4f9c6b5-${String(n).padStart(5, '0')}`, {
                state: n === 37 ? 'starting' : 'ready',
                reason:
                  n === 37
                    ? 'Waiting for the startup probe to answer.'
                    : undefined,
              }),
            ),
          }),
        ],
      }),
    ],
  });
}
