import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPod, readReplicaSet } from '../workloads.ts';
import { decideReplicaSet } from './decide.ts';
import { deletionOrder } from './deletion-order.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();
const OWNED = [
  {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    name: 'web',
    uid: 'uid-web',
    controller: true,
  },
];

function replicaSet(spec: object = {}, metadata: object = {}) {
  return readReplicaSet({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: 'web',
      uid: 'uid-web',
      resourceVersion: '1',
      creationTimestamp: ago(100),
      generation: 4,
      ...metadata,
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: {} },
      ...spec,
    },
  });
}

interface PodOptions {
  phase?: string;
  readyForSeconds?: number;
  restarts?: number;
  ageSeconds?: number;
  node?: string;
  labels?: Record<string, string>;
  metadata?: object;
}

function pod(name: string, options: PodOptions = {}) {
  const { phase = 'Running', readyForSeconds, restarts = 0 } = options;
  return readPod({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      uid: name,
      resourceVersion: '1',
      creationTimestamp: ago(options.ageSeconds ?? 50),
      labels: options.labels ?? { app: 'web' },
      ownerReferences: OWNED,
      ...options.metadata,
    },
    spec: { nodeName: 'node' in options ? options.node : 'local' },
    status: {
      phase,
      conditions: [
        {
          type: 'Ready',
          status: readyForSeconds === undefined ? 'False' : 'True',
          lastTransitionTime: ago(readyForSeconds ?? 0),
          lastProbeTime: null,
        },
      ],
      containerStatuses: [{ restartCount: restarts }],
    },
  });
}

const names = (pods: ReturnType<typeof pod>[]) =>
  pods.map(({ object }) => object.metadata.name);
const decide = (
  set: ReturnType<typeof replicaSet>,
  pods: ReturnType<typeof pod>[],
) => decideReplicaSet(set, pods, NOW);

describe('a ReplicaSet', () => {
  it('makes the pods that are missing', () => {
    assert.equal(decide(replicaSet(), [pod('a')]).create, 1);
    assert.equal(decide(replicaSet({ replicas: 0 }), []).create, 0);
  });

  it('replaces pods that ended or are about to', () => {
    const ended = [
      pod('a', { phase: 'Failed' }),
      pod('b', { phase: 'Succeeded' }),
      pod('c', { metadata: { deletionTimestamp: ago(1) } }),
      pod('d'),
    ];
    const decision = decide(replicaSet(), ended);
    assert.deepEqual([decision.create, decision.remove], [1, []]);
    assert.equal(decision.status.replicas, 1);
  });

  it('removes those that are too many, not ready ones first', () => {
    const decision = decide(replicaSet(), [
      pod('a', { readyForSeconds: 5 }),
      pod('b'),
      pod('c', { readyForSeconds: 9 }),
    ]);
    assert.deepEqual(names(decision.remove), ['b']);
  });

  it('adopts what its selector means and lets go what it no longer means', () => {
    const decision = decide(replicaSet(), [
      pod('stray', { metadata: { ownerReferences: [] } }),
      pod('quarantined', { labels: { app: 'aside' } }),
      pod('of-another', {
        metadata: { ownerReferences: [{ ...OWNED[0], uid: 'other' }] },
      }),
    ]);
    assert.deepEqual(names(decision.adopt), ['stray']);
    assert.deepEqual(names(decision.release), ['quarantined']);
    assert.equal(decision.create, 1);
  });

  it('makes and adopts nothing while it is being deleted', () => {
    const ending = replicaSet({}, { deletionTimestamp: ago(1) });
    const decision = decide(ending, [
      pod('stray', { metadata: { ownerReferences: [] } }),
    ]);
    assert.deepEqual([decision.create, decision.adopt], [0, []]);
  });

  it('counts a pod as available after minReadySeconds, and knows when to look again', () => {
    const decision = decide(replicaSet({ minReadySeconds: 10 }), [
      pod('a', { readyForSeconds: 12 }),
      pod('b', { readyForSeconds: 7 }),
    ]);
    const { readyReplicas, availableReplicas, observedGeneration } =
      decision.status;
    assert.deepEqual(
      [readyReplicas, availableReplicas, observedGeneration],
      [2, 1, 4],
    );
    assert.equal(decision.lookAgainInMs, 3000);
  });
});

describe('the order in which pods are given up', () => {
  const table: [string, ReturnType<typeof pod>, ReturnType<typeof pod>][] = [
    ['not yet on a node', pod('x', { node: undefined }), pod('y')],
    ['pending', pod('x', { phase: 'Pending' }), pod('y')],
    ['not ready', pod('x'), pod('y', { readyForSeconds: 1 })],
    [
      'of lower deletion cost',
      pod('x', { readyForSeconds: 9 }),
      pod('y', {
        readyForSeconds: 1,
        metadata: {
          annotations: { 'controller.kubernetes.io/pod-deletion-cost': '5' },
        },
      }),
    ],
    [
      'ready for a shorter time',
      pod('x', { readyForSeconds: 1 }),
      pod('y', { readyForSeconds: 9 }),
    ],
    ['restarted more often', pod('x', { restarts: 3 }), pod('y')],
    ['younger', pod('x', { ageSeconds: 1 }), pod('y', { ageSeconds: 9 })],
  ];
  for (const [what, first, second] of table) {
    it(`begins with those ${what}`, () => {
      assert.deepEqual(names(deletionOrder([second, first])), ['x', 'y']);
      assert.deepEqual(names(deletionOrder([first, second])), ['x', 'y']);
    });
  }
});
