import type { EnvironmentWorkloads } from '@ghostlight/plugin-clusters-node';
import {
  ago,
  environmentOf,
  NOW,
  podOf,
  SHA,
  workloadOf,
} from '../__testUtils__/views';
import { buildReport, summarize } from './buildReport';
import type { HealthFacts } from './facts';

const facts = (
  environments: EnvironmentWorkloads[],
  changes: Partial<HealthFacts> = {},
): HealthFacts => ({
  entityRef: 'component:default/orders',
  now: NOW,
  annotated: { kind: 'yes', selector: 'backstage.io/kubernetes-id: orders' },
  environments,
  usage: new Map(),
  traffic: new Map(),
  alerts: new Map(),
  commits: new Map(),
  names: new Map([['user:default/maya', 'Maya']]),
  ...changes,
});

type Changes = Parameters<typeof workloadOf>[0];

const pods = (...unready: Array<Parameters<typeof podOf>[1]>) => [
  ...['orders-new-1', 'orders-new-2', 'orders-new-3']
    .slice(0, 3 - unready.length)
    .map(name => podOf(name)),
  ...unready.map((changes, i) =>
    podOf(`orders-new-x${i + 1}`, { ready: false, ...changes }),
  ),
];

const outOfMemory = (name: string, at: string) =>
  podOf(name, {
    restarts: 1,
    lastTermination: {
      container: 'app',
      reason: 'OOMKilled',
      words: 'out of memory: used more than its limit of 96 MiB',
      exitCode: 137,
      at,
    },
  });

const crash = {
  state: 'crashing',
  notReadyReason:
    'out of memory: used more than its limit of 96 MiB, started again 3 times, next try in 8 s',
} as const;
const starting = {
  state: 'starting',
  notReadyReason: 'it started 5 s ago and is not ready yet',
} as const;

describe('the sentence', () => {
  it.each<[string, Changes, string, string]>([
    [
      'all is well',
      {},
      'healthy',
      'Healthy. 3 of 3 replicas ready. Last deploy 12 min ago (a1b2c3d by Maya).',
    ],
    [
      'nobody knows who deployed what',
      {
        revision: {
          ...workloadOf().revision!,
          by: undefined,
          commit: undefined,
        },
      },
      'healthy',
      'Healthy. 3 of 3 replicas ready. Last deploy 12 min ago.',
    ],
    [
      'the catalog does not know the person',
      { revision: { ...workloadOf().revision!, by: 'user:default/sam' } },
      'healthy',
      'Healthy. 3 of 3 replicas ready. Last deploy 12 min ago (a1b2c3d by sam).',
    ],
    [
      'one replica crashes',
      { ready: 2, available: 2, pods: pods(crash) },
      'degraded',
      'Degraded. 2 of 3 replicas ready. orders-new-x1 is crashing: out of memory: used more than its limit of 96 MiB, started again 3 times, next try in 8 s. Last deploy 12 min ago (a1b2c3d by Maya).',
    ],
    [
      'all crash',
      { ready: 0, available: 0, pods: pods(crash, crash, crash) },
      'failing',
      'Failing. 0 of 3 replicas ready. 3 replicas are crashing, for instance orders-new-x1: out of memory: used more than its limit of 96 MiB, started again 3 times, next try in 8 s. Last deploy 12 min ago (a1b2c3d by Maya).',
    ],
    [
      'the worst of several reasons counts',
      { ready: 1, pods: pods(starting, crash) },
      'degraded',
      'Degraded. 1 of 3 replicas ready. orders-new-x2 is crashing: out of memory: used more than its limit of 96 MiB, started again 3 times, next try in 8 s. Last deploy 12 min ago (a1b2c3d by Maya).',
    ],
    [
      'a first deploy is on its way',
      {
        ready: 0,
        available: 0,
        desired: 1,
        updated: 1,
        revision: { ...workloadOf().revision!, at: ago(6) },
        pods: [podOf('orders-new-1', { ready: false, ...starting })],
      },
      'degraded',
      'Degraded. 0 of 1 replicas ready. orders-new-1 is starting: it started 5 s ago and is not ready yet. Last deploy 6 s ago (a1b2c3d by Maya).',
    ],
    [
      'it has been starting for too long',
      { ready: 0, available: 0, pods: pods(starting, starting, starting) },
      'failing',
      'Failing. 0 of 3 replicas ready. 3 replicas are starting, for instance orders-new-x1: it started 5 s ago and is not ready yet. Last deploy 12 min ago (a1b2c3d by Maya).',
    ],
    [
      'a rollout is on its way and nobody is worse off',
      {
        updated: 1,
        pods: [
          podOf('orders-old-1', { revisionHash: 'old' }),
          podOf('orders-old-2', { revisionHash: 'old' }),
          podOf('orders-new-1'),
        ],
      },
      'healthy',
      'Healthy. 3 of 3 replicas ready. Rolling out a1b2c3d (1 of 3 replaced). Last deploy 12 min ago (a1b2c3d by Maya).',
    ],
    [
      'a rollout does not get on while the old revision serves',
      {
        updated: 1,
        pods: [
          ...[1, 2, 3].map(i =>
            podOf(`orders-old-${i}`, { revisionHash: 'old' }),
          ),
          podOf('orders-new-1', { ready: false, ...crash }),
        ],
      },
      'degraded',
      'Degraded. 3 of 3 replicas ready, but rolling out a1b2c3d (1 of 3 replaced) does not get on. orders-new-1 is crashing: out of memory: used more than its limit of 96 MiB, started again 3 times, next try in 8 s. Last deploy 12 min ago (a1b2c3d by Maya).',
    ],
    [
      'the cluster refuses to make pods',
      {
        ready: 0,
        available: 0,
        pods: [],
        conditions: [
          { type: 'ReplicaFailure', status: 'True', message: 'exceeded quota' },
        ],
      },
      'failing',
      'Failing. 0 of 3 replicas ready. The cluster refuses to make its pods: exceeded quota. Last deploy 12 min ago (a1b2c3d by Maya).',
    ],
    [
      'a replica came back from a crash a moment ago',
      {
        pods: [
          podOf('orders-new-1', {
            restarts: 2,
            lastTermination: {
              container: 'app',
              reason: 'OOMKilled',
              words: 'out of memory: used more than its limit of 96 MiB',
              exitCode: 137,
              at: ago(120),
            },
          }),
        ],
      },
      'degraded',
      'Degraded. 3 of 3 replicas ready, but orders-new-1 was started again 2 min ago: out of memory: used more than its limit of 96 MiB. Last deploy 12 min ago (a1b2c3d by Maya).',
    ],
    [
      'two replicas came back from running out of memory',
      {
        pods: [
          outOfMemory('orders-new-1', ago(120)),
          outOfMemory('orders-new-2', ago(60)),
          podOf('orders-new-3'),
        ],
      },
      'degraded',
      'Degraded. 3 of 3 replicas ready, but 2 replicas ran out of memory and were started again, orders-new-2 60 s ago: out of memory: used more than its limit of 96 MiB. Last deploy 12 min ago (a1b2c3d by Maya).',
    ],
    [
      'one that ran out of memory is back and one is not',
      {
        ready: 2,
        pods: [
          outOfMemory('orders-new-1', ago(120)),
          podOf('orders-new-2'),
          { ...outOfMemory('orders-new-x1', ago(60)), ready: false, ...crash },
        ],
      },
      'degraded',
      'Degraded. 2 of 3 replicas ready. orders-new-x1 is crashing: out of memory: used more than its limit of 96 MiB, started again 3 times, next try in 8 s. 2 replicas ran out of memory. Last deploy 12 min ago (a1b2c3d by Maya).',
    ],
    [
      'a crash is long ago',
      {
        pods: [
          podOf('orders-new-1', {
            restarts: 2,
            lastTermination: {
              container: 'app',
              reason: 'OOMKilled',
              words: 'out of memory',
              exitCode: 137,
              at: ago(3600),
            },
          }),
        ],
      },
      'healthy',
      'Healthy. 3 of 3 replicas ready. Last deploy 12 min ago (a1b2c3d by Maya).',
    ],
    [
      'it was scaled to nothing',
      { desired: 0, ready: 0, updated: 0, pods: [] },
      'unknown',
      'Unknown. Scaled to 0: nothing runs. Last deploy 12 min ago (a1b2c3d by Maya).',
    ],
    [
      'its rollout is paused',
      { paused: true },
      'healthy',
      'Healthy. 3 of 3 replicas ready. Its rollout is paused. Last deploy 12 min ago (a1b2c3d by Maya).',
    ],
  ])('when %s', (_, changes, status, sentence) => {
    const report = buildReport(
      facts([environmentOf('local', [workloadOf(changes)])]),
    );
    expect({ status: report.status, sentence: report.sentence }).toEqual({
      status,
      sentence,
    });
    expect(report.environments[0].workloads[0].status).toBe(status);
  });

  it('is that of the worst environment, and names the others', () => {
    const report = buildReport(
      facts([
        environmentOf('local', [workloadOf()]),
        environmentOf('staging', [workloadOf()]),
        environmentOf('production', [
          workloadOf({ ready: 0, pods: pods(crash, crash, crash) }),
        ]),
        environmentOf('empty', []),
      ]),
    );
    expect(report.status).toBe('failing');
    expect(report.sentence).toMatch(
      /^Failing in production\. 0 of 3 replicas ready\. .* Healthy in local, staging\.$/,
    );
    expect(report.environments.at(-1)).toMatchObject({
      status: 'unknown',
      sentence: 'Nothing is deployed.',
    });
    expect(summarize(report)).toMatchObject({ ready: 6, desired: 9 });
  });

  it('sums several workloads and tells of the one that is not well', () => {
    const worker = workloadOf({
      ref: { ...workloadOf().ref, name: 'orders-worker' },
      ready: 2,
      pods: pods(crash),
    });
    const report = buildReport(
      facts([environmentOf('local', [workloadOf(), worker])]),
    );
    expect(report.sentence).toMatch(
      /^Degraded\. 5 of 6 replicas of 2 workloads ready\. orders-worker: Degraded\. 2 of 3/,
    );
  });

  it('says of a cluster that is out of reach since when, why, and what was last known', () => {
    const away = {
      reachable: false,
      since: ago(180),
      error: 'nothing listens there (connection refused)',
    };
    expect(
      buildReport(facts([environmentOf('local', [workloadOf()], away)])),
    ).toMatchObject({
      status: 'unknown',
      sentence:
        'Unknown. Cluster local has been out of reach for 3 min: nothing listens there (connection refused). Last known: healthy. 3 of 3 replicas ready. Last deploy 12 min ago (a1b2c3d by Maya).',
    });
    const report = buildReport(facts([environmentOf('local', [], away)]));
    expect(report.problem).toBeUndefined();
    expect(report.sentence).toMatch(/What runs there is not known\.$/);
  });
});

describe('a report', () => {
  it('shows how to annotate an entity that names no workloads', () => {
    expect(buildReport(facts([], { annotated: { kind: 'no' } }))).toEqual({
      entityRef: 'component:default/orders',
      at: NOW.toISOString(),
      status: 'unknown',
      sentence: 'Unknown. orders does not say which workloads are its own.',
      problem: 'not-annotated',
      hint: expect.stringContaining('\n`backstage.io/kubernetes-id: orders`\n'),
      environments: [],
    });
  });

  it('says what is wrong with an annotation', () => {
    const report = buildReport(
      facts([], {
        annotated: { kind: 'wrong', reason: '"a b" is not a label selector' },
      }),
    );
    expect(report.problem).toBe('not-annotated');
    expect(report.hint).toMatch(/^"a b" is not a label selector\.\n/);
  });

  it('says what was looked for when nothing is deployed, and when no environment is configured', () => {
    expect(buildReport(facts([environmentOf('local', [])]))).toMatchObject({
      problem: 'nothing-deployed',
      sentence: 'Unknown. Nothing of orders is deployed.',
      hint: expect.stringContaining('No Deployment in local has these labels'),
    });
    expect(buildReport(facts([])).hint).toMatch(/ghostlight\.environments/);
  });

  it('has usage, limits, commit and author where they are known, and nothing invented where not', () => {
    const report = buildReport(
      facts([environmentOf('local', [workloadOf()])], {
        usage: new Map([
          [
            'local',
            new Map([
              [
                'orders-new-1',
                { cpuCores: 0.042, memoryBytes: 5e7, at: NOW.toISOString() },
              ],
            ]),
          ],
        ]),
        commits: new Map([
          [SHA, { message: 'Bound the cache', author: 'Maya' }],
        ]),
      }),
    );
    const [{ pods: seen, revision }] = report.environments[0].workloads;
    expect(seen[0]).toMatchObject({
      cpu: { cores: 0.042, limitCores: undefined },
      memory: { bytes: 5e7, limitBytes: 96 * 1024 * 1024 },
    });
    expect(seen[1].cpu).toBeUndefined();
    expect(seen[1].memory).toBeUndefined();
    expect(revision?.commit).toEqual({
      repo: 'orders',
      sha: SHA,
      message: 'Bound the cache',
      author: 'Maya',
    });
  });
});
