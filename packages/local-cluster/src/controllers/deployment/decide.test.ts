import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Deployment,
  readDeployment,
  readPod,
  readReplicaSet,
  type ReplicaSet,
} from '../workloads.ts';
import { DESIRED_REPLICAS, MAX_REPLICAS, REVISION } from './annotations.ts';
import { decideDeployment, type DeploymentDecision } from './decide.ts';
import { fenceposts } from './rolling-update.ts';
import { statusJson } from './status.ts';
import { HASH_LABEL } from './template-hash.ts';

const NOW = new Date('2026-01-01T00:00:00Z');
const meta = (name: string, more: object = {}) => ({
  name,
  namespace: 'default',
  uid: `uid-${name}`,
  resourceVersion: '1',
  creationTimestamp: NOW.toISOString(),
  ...more,
});
const template = (image: string) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'main', image }] },
});

function deployment(
  spec: object = {},
  status: object = {},
  metadata: object = {},
): Deployment {
  return readDeployment({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: meta('web', { generation: 1, ...metadata }),
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'web' } },
      template: template('v2'),
      ...spec,
    },
    status,
  });
}

interface SetFacts {
  name: string;
  image?: string;
  replicas: number;
  available?: number;
  existing?: number;
  revision?: number;
  ageSeconds?: number;
  annotations?: object;
  owner?: string;
}

function replicaSet(facts: SetFacts): ReplicaSet {
  const { name, image = 'v1', replicas, available = replicas } = facts;
  const { existing = replicas, revision = 1, ageSeconds = 0 } = facts;
  const labels = { app: 'web', [HASH_LABEL]: name };
  return readReplicaSet({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: meta(name, {
      labels,
      creationTimestamp: new Date(
        NOW.getTime() - ageSeconds * 1000,
      ).toISOString(),
      annotations: { [REVISION]: String(revision), ...facts.annotations },
      ownerReferences:
        facts.owner === 'nobody'
          ? []
          : [
              {
                apiVersion: 'apps/v1',
                kind: 'Deployment',
                name: 'web',
                uid: 'uid-web',
                controller: true,
              },
            ],
    }),
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        ...template(image),
        metadata: { labels },
      },
    },
    status: {
      replicas: existing,
      readyReplicas: available,
      availableReplicas: available,
    },
  });
}

const decide = (
  one: Deployment,
  replicaSets: ReplicaSet[],
  pods: Parameters<typeof decideDeployment>[0]['pods'] = [],
  now = NOW,
) => decideDeployment({ deployment: one, replicaSets, pods, now });
const scaling = ({ scale }: DeploymentDecision) => Object.fromEntries(scale);
const progressing = ({ status }: DeploymentDecision) =>
  status.conditions.find(one => one.type === 'Progressing');

describe('fenceposts of a rolling update', () => {
  const table: [number, number | string, number | string, number, number][] = [
    // replicas, maxSurge, maxUnavailable: resolved surge, resolved unavailable
    [10, '25%', '25%', 3, 2],
    [1, '25%', '25%', 1, 0],
    [3, 0, 0, 0, 1],
    [4, '10%', '10%', 1, 0],
    [2, 5, 5, 5, 2],
    [0, '25%', '25%', 0, 1],
    [3, 1, 0, 1, 0],
  ];
  for (const [replicas, maxSurge, maxUnavailable, surge, down] of table) {
    it(`are ${surge} up and ${down} down for ${replicas} replicas with ${maxSurge} and ${maxUnavailable}`, () => {
      const one = deployment({
        replicas,
        strategy: { rollingUpdate: { maxSurge, maxUnavailable } },
      });
      const resolved = fenceposts(one);
      assert.equal(resolved.maxSurge, surge);
      assert.equal(
        resolved.maxUnavailable,
        replicas === 0 ? resolved.maxUnavailable : down,
      );
    });
  }
});

describe('a Deployment', () => {
  it('begins with one ReplicaSet of its template at revision 1', () => {
    const decision = decide(deployment(), []);
    assert.equal(decision.create?.replicas, 3);
    assert.match(decision.create!.name, /^web-[bcdfghjklmnpqrstvwxz2456789]+$/);
    assert.deepEqual(decision.create?.annotations, {
      [REVISION]: '1',
      [DESIRED_REPLICAS]: '3',
      [MAX_REPLICAS]: '4',
    });
    assert.equal(decision.revision, 1);
    assert.equal(progressing(decision)?.reason, 'NewReplicaSetCreated');
  });

  it('gives the same hash to the same template, however its keys are sorted', () => {
    const hash = (spec: object) =>
      decide(
        deployment({
          template: { metadata: { labels: { app: 'web' } }, spec },
        }),
        [],
      ).create?.hash;
    const same = hash({ a: 1, containers: [{ name: 'm', image: 'x' }] });
    assert.equal(hash({ containers: [{ image: 'x', name: 'm' }], a: 1 }), same);
    assert.notEqual(
      hash({ containers: [{ image: 'y', name: 'm' }], a: 1 }),
      same,
    );
  });

  it('takes another name when the hash collided', () => {
    const first = decide(deployment(), []).create?.name;
    const second = decide(deployment({}, { collisionCount: 1 }), []).create
      ?.name;
    assert.notEqual(first, second);
  });

  // replicas 3, surge 1, unavailable 0 by default
  const steps: [string, SetFacts[], Record<string, number>][] = [
    [
      'grows the new set up to the surge',
      [
        { name: 'old', replicas: 3 },
        { name: 'new', image: 'v2', replicas: 0 },
      ],
      { new: 1 },
    ],
    [
      'waits while the new pod is not available',
      [
        { name: 'old', replicas: 3 },
        { name: 'new', image: 'v2', replicas: 1, available: 0 },
      ],
      {},
    ],
    [
      'shrinks the old set when the new pod is available',
      [
        { name: 'old', replicas: 3 },
        { name: 'new', image: 'v2', replicas: 1 },
      ],
      { old: 2 },
    ],
    [
      'takes away old pods that do not work first, and at once',
      [
        { name: 'oldest', replicas: 2, available: 0, ageSeconds: 20 },
        { name: 'old', replicas: 1, available: 1, ageSeconds: 10 },
        { name: 'new', image: 'v2', replicas: 1, available: 1 },
      ],
      { oldest: 1 },
    ],
    [
      'does not count pods that a set has already been told to give up',
      [
        { name: 'oldest', replicas: 1, available: 3, ageSeconds: 20 },
        { name: 'old', replicas: 2, ageSeconds: 10 },
        { name: 'new', image: 'v2', replicas: 1 },
      ],
      { oldest: 0 },
    ],
    [
      'ends with the new set alone',
      [
        { name: 'old', replicas: 1 },
        { name: 'new', image: 'v2', replicas: 3 },
      ],
      { old: 0 },
    ],
    [
      'goes back to a former template by growing its set again',
      [
        { name: 'bad', image: 'v3', replicas: 3, revision: 2 },
        { name: 'good', image: 'v2', replicas: 0, revision: 1 },
      ],
      { good: 1 },
    ],
  ];
  for (const [what, sets, wanted] of steps) {
    it(what, () => {
      assert.deepEqual(
        scaling(decide(deployment(), sets.map(replicaSet))),
        wanted,
      );
    });
  }

  it('gives a template that comes back the next revision and keeps the old one in its history', () => {
    const decision = decide(
      deployment(),
      [
        { name: 'bad', image: 'v3', replicas: 3, revision: 2 },
        { name: 'good', image: 'v2', replicas: 0, revision: 1 },
      ].map(replicaSet),
    );
    assert.equal(decision.revision, 3);
    const annotations = decision.annotate.get('good');
    assert.equal(annotations?.[REVISION], '3');
    assert.equal(
      annotations?.['deployment.kubernetes.io/revision-history'],
      '1',
    );
  });

  it('stops all old pods before it makes new ones with Recreate', () => {
    const recreate = deployment({ strategy: { type: 'Recreate' } });
    const old = replicaSet({ name: 'old', replicas: 3 });
    assert.deepEqual(scaling(decide(recreate, [old])), { old: 0 });
    const stopped = replicaSet({ name: 'old', replicas: 0 });
    const lastPod = readPod({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: meta('old-1', {
        ownerReferences: [
          { kind: 'ReplicaSet', uid: 'uid-old', controller: true },
        ],
      }),
      spec: {},
      status: { phase: 'Running' },
    });
    const waiting = decide(recreate, [stopped], [lastPod]);
    assert.deepEqual([scaling(waiting), waiting.create], [{}, undefined]);
    assert.equal(decide(recreate, [stopped]).create?.replicas, 3);
  });

  it('makes nothing new while it is paused, but can be scaled', () => {
    const paused = deployment({ paused: true, replicas: 5 });
    const decision = decide(paused, [replicaSet({ name: 'old', replicas: 3 })]);
    assert.equal(decision.create, undefined);
    assert.deepEqual(scaling(decision), { old: 5 });
    assert.equal(progressing(decision)?.reason, 'DeploymentPaused');
    assert.equal(progressing(decision)?.status, 'Unknown');
  });

  it('shares a scaling in the middle of an update in proportion', () => {
    const sized = { [DESIRED_REPLICAS]: '10', [MAX_REPLICAS]: '13' };
    const decision = decide(
      deployment({ replicas: 20 }),
      [
        { name: 'old', replicas: 8, annotations: sized },
        { name: 'new', image: 'v2', replicas: 5, annotations: sized },
      ].map(replicaSet),
    );
    // 25 are allowed: 8/13 and 5/13 of them.
    assert.deepEqual(scaling(decision), { old: 15, new: 10 });
  });

  it('adopts ReplicaSets that its selector means and nobody owns', () => {
    const stray = replicaSet({ name: 'stray', replicas: 1, owner: 'nobody' });
    const decision = decide(deployment(), [stray]);
    assert.deepEqual(
      decision.adopt.map(({ object }) => object.metadata.name),
      ['stray'],
    );
  });

  it('forgets revisions beyond its history, the oldest first, when it is complete', () => {
    const sets = [1, 2, 3, 4]
      .map(n => ({ name: `old${n}`, replicas: 0, image: `o${n}`, revision: n }))
      .concat([{ name: 'new', image: 'v2', replicas: 3, revision: 5 }])
      .map(replicaSet);
    const removed = (limit: number) =>
      decide(deployment({ revisionHistoryLimit: limit }), sets).remove.map(
        ({ object }) => object.metadata.name,
      );
    assert.deepEqual(removed(2), ['old1', 'old2']);
    assert.deepEqual(removed(10), []);
  });

  it('does nothing any more when it is being deleted', () => {
    const ending = deployment({}, {}, { deletionTimestamp: NOW.toISOString() });
    const decision = decide(ending, [replicaSet({ name: 'old', replicas: 3 })]);
    assert.deepEqual([scaling(decision), decision.create], [{}, undefined]);
  });
});

describe('the status of a Deployment', () => {
  const newSet = (available: number) =>
    replicaSet({ name: 'new', image: 'v2', replicas: 3, available });
  const updated = (secondsAgo: number) => [
    {
      type: 'Progressing',
      status: 'True',
      reason: 'ReplicaSetUpdated',
      lastUpdateTime: new Date(NOW.getTime() - secondsAgo * 1000).toISOString(),
    },
  ];
  const available = ({ status }: DeploymentDecision) =>
    status.conditions.find(one => one.type === 'Available');

  it('counts replicas and is available from the minimum on', () => {
    const none = decide(deployment(), [newSet(2)]);
    assert.equal(available(none)?.reason, 'MinimumReplicasUnavailable');
    assert.equal(available(decide(deployment(), [newSet(3)]))?.status, 'True');
    const { unavailableReplicas, availableReplicas, updatedReplicas } =
      none.status;
    assert.deepEqual(
      [unavailableReplicas, availableReplicas, updatedReplicas],
      [1, 2, 3],
    );
    assert.equal(
      statusJson(decide(deployment(), [newSet(3)]).status).unavailableReplicas,
      undefined,
    );
  });

  it('says that it is done, and stays so when a pod fails later', () => {
    const done = decide(deployment(), [newSet(3)]);
    assert.equal(progressing(done)?.reason, 'NewReplicaSetAvailable');
    const later = decide(deployment({}, done.status), [newSet(2)]);
    assert.equal(progressing(later)?.reason, 'NewReplicaSetAvailable');
    assert.equal(later.lookAgainInMs, undefined);
  });

  it('counts the deadline from the last progress', () => {
    const counts = {
      replicas: 3,
      updatedReplicas: 3,
      availableReplicas: 1,
      readyReplicas: 1,
    };
    const spec = { progressDeadlineSeconds: 60 };
    const stuck = (secondsAgo: number, left = 1) =>
      decide(deployment(spec, { ...counts, conditions: updated(secondsAgo) }), [
        newSet(left),
      ]);
    assert.equal(stuck(20).lookAgainInMs, 41_000);
    assert.equal(progressing(stuck(20))?.reason, 'ReplicaSetUpdated');
    const over = stuck(61);
    assert.equal(progressing(over)?.status, 'False');
    assert.equal(progressing(over)?.reason, 'ProgressDeadlineExceeded');
    assert.match(
      progressing(over)!.message!,
      /ReplicaSet "new" has timed out progressing/,
    );
    assert.equal(progressing(stuck(61, 2))?.reason, 'ReplicaSetUpdated');
  });

  it('recovers from a passed deadline when it is complete after all', () => {
    const conditions = [
      {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
      },
    ];
    const decision = decide(deployment({}, { conditions }), [newSet(3)]);
    assert.equal(progressing(decision)?.reason, 'NewReplicaSetAvailable');
  });
});

describe('a rolling update carried out', () => {
  /** One pod of each set becomes available a round; what is taken away is not available first. */
  function carryOut(
    replicas: number,
    maxSurge: number,
    maxUnavailable: number,
    /** Whether the ReplicaSets' statuses are those of the round before. */
    late: boolean,
  ) {
    const one = deployment({
      replicas,
      strategy: { rollingUpdate: { maxSurge, maxUnavailable } },
    });
    const posts = fenceposts(one);
    let sets: SetFacts[] = [
      { name: 'older', image: 'v0', replicas: replicas - 1, ageSeconds: 9 },
      { name: 'old', replicas: 1 },
    ];
    let seen = new Map<string, number>();
    for (let round = 0; round < 200; round += 1) {
      const before = seen;
      const told = late
        ? sets.map(set => ({
            ...set,
            available: before.get(set.name) ?? set.available,
          }))
        : sets;
      seen = new Map(
        sets.map(set => [set.name, set.available ?? set.replicas]),
      );
      const decision = decide(one, told.map(replicaSet));
      if (decision.create) {
        const { name, replicas: wanted, annotations } = decision.create;
        sets.push({
          name,
          image: 'v2',
          replicas: wanted,
          available: 0,
          annotations,
        });
      }
      for (const set of sets) {
        const wanted = decision.scale.get(set.name) ?? set.replicas;
        const up = set.available ?? set.replicas;
        set.replicas = wanted;
        set.available = Math.min(up, wanted);
        set.annotations = decision.annotate.get(set.name) ?? set.annotations;
      }
      const total = sets.reduce((sum, set) => sum + set.replicas, 0);
      const working = sets.reduce((sum, set) => sum + (set.available ?? 0), 0);
      assert.ok(
        total <= replicas + posts.maxSurge,
        `${total} in round ${round}`,
      );
      assert.ok(
        working >= replicas - posts.maxUnavailable,
        `${working} in round ${round}`,
      );
      sets = sets.map(set => ({
        ...set,
        available: Math.min(set.replicas, (set.available ?? 0) + 1),
      }));
      const [older, old, now] = sets;
      if (older.replicas + old.replicas === 0 && now?.available === replicas)
        return round;
    }
    return assert.fail('it never ended');
  }

  for (const replicas of [1, 2, 3, 7]) {
    for (const surge of [0, 1, 3]) {
      for (const down of [0, 1, 4]) {
        it(`ends within its limits: ${replicas} replicas, surge ${surge}, unavailable ${down}`, () => {
          assert.ok(carryOut(replicas, surge, down, false) > 0);
          assert.ok(carryOut(replicas, surge, down, true) > 0);
        });
      }
    }
  }
});
