import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expand } from './env/expand.ts';
import { toolPath } from './env/base-env.ts';
import { firstSight } from './former-status.ts';
import { qosClass } from './pod-status.ts';
import { BackOff, shouldRestart, UPSTREAM_BACK_OFF } from './restart-policy.ts';

describe('what the kubelet decides', () => {
  it('starts again at once, then after 10 s, doubling to 5 min, and from nothing after 10 min of running', () => {
    const backOff = new BackOff(UPSTREAM_BACK_OFF);
    const delays = Array.from({ length: 8 }, () => backOff.next(1000) / 1000);
    assert.deepEqual(delays, [0, 10, 20, 40, 80, 160, 300, 300]);
    assert.equal(backOff.next(600_000), 0);
    assert.equal(backOff.next(1000), 10_000);
  });

  it('restarts by policy and exit code', () => {
    const table = [
      ['Always', 0, true],
      ['Always', 1, true],
      ['OnFailure', 0, false],
      ['OnFailure', 137, true],
      ['Never', 0, false],
      ['Never', 1, false],
    ] as const;
    for (const [policy, code, wanted] of table)
      assert.equal(shouldRestart(policy, code), wanted, `${policy} ${code}`);
  });

  it('expands variables as Kubernetes does', () => {
    const variables = { A: '1', B_C: 'two' };
    const table = [
      ['$(A)-$(B_C)', '1-two'],
      ['$$(A)', '$(A)'],
      ['$(NOPE)', '$(NOPE)'],
      ['$A $', '$A $'],
      ['$$$(A)', '$1'],
      ['$(A', '$(A'],
    ];
    for (const [text, wanted] of table)
      assert.equal(expand(text, variables), wanted);
  });

  it('puts the Node of the cluster first on the path and no relative folder on it', () => {
    const path = toolPath('/usr/bin:.:bin:/opt/x').split(':');
    assert.ok(process.execPath.startsWith(`${path[0]}/`));
    assert.deepEqual(path.slice(1), ['/usr/bin', '/opt/x', '/bin']);
  });

  it('sorts pods into classes by their resources', () => {
    const of = (limits: object, requests: object) =>
      qosClass({
        resources: { limits: { ...limits }, requests: { ...requests } },
      });
    assert.equal(of({}, {}), 'BestEffort');
    assert.equal(of({ memory: '1Gi' }, {}), 'Burstable');
    assert.equal(of({ cpu: 1, memory: '1Gi' }, {}), 'Guaranteed');
    assert.equal(of({ cpu: 1, memory: '1Gi' }, { cpu: 0.5 }), 'Burstable');
  });

  it('takes a running container of a former life for lost, and counts its restart', () => {
    const now = '2026-01-01T00:00:10Z';
    const running = { running: { startedAt: '2026-01-01T00:00:00Z' } };
    const status = (state: object, lastState = {}, phase = 'Running') => ({
      phase,
      containerStatuses: [{ restartCount: 4, state, lastState }],
    });
    const facts = (former: unknown) => {
      const sight = firstSight(former, now);
      return sight.ended
        ? 'ended'
        : [sight.facts.restartCount, sight.facts.lastState?.terminated.reason];
    };
    assert.deepEqual(facts(undefined), [0, undefined]);
    assert.deepEqual(facts(status(running)), [5, 'Unknown']);
    const terminated = {
      terminated: { exitCode: 1, reason: 'Error', finishedAt: now },
    };
    assert.deepEqual(facts(status({ waiting: {} }, terminated)), [5, 'Error']);
    assert.deepEqual(facts(status({ waiting: {} })), [4, undefined]);
    assert.equal(facts(status({}, {}, 'Succeeded')), 'ended');
  });
});
