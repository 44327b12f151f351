import { environmentOf, NOW, podOf, workloadOf } from '../__testUtils__/views';
import { buildReport } from './buildReport';

const NAMES = ['errors', 'availability'];

function report(
  names: string[],
  changes: Parameters<typeof workloadOf>[0] = {},
  environment = 'local',
) {
  const { status, sentence } = buildReport({
    entityRef: 'component:default/orders',
    now: NOW,
    annotated: { kind: 'yes', selector: 'x' },
    environments: [environmentOf(environment, [workloadOf(changes)])],
    usage: new Map(),
    traffic: new Map(),
    alerts: new Map([['local', names]]),
    commits: new Map(),
    names: new Map(),
  });
  return { status, sentence };
}

it('raises what seems well, and says why first', () => {
  expect(report(NAMES)).toEqual({
    status: 'degraded',
    sentence:
      'Degraded. 2 alerts fire: errors, availability. 3 of 3 replicas ready. Last deploy 12 min ago (a1b2c3d by maya).',
  });
});

it('follows what is worse', () => {
  const pods = [podOf('orders-1', { state: 'failed', ready: false })];
  expect(report(NAMES, { ready: 0, pods })).toEqual({
    status: 'failing',
    sentence:
      'Failing. 0 of 3 replicas ready. orders-1 has failed. Last deploy 12 min ago (a1b2c3d by maya). 2 alerts fire: errors, availability.',
  });
});

it('is of its environment alone', () => {
  expect(report(NAMES, {}, 'staging').status).toBe('healthy');
});

it('names three and counts the others', () => {
  expect(report(['a', 'b', 'c', 'd', 'e']).sentence).toMatch(
    /^Degraded\. 5 alerts fire: a, b, c and 2 more\. 3 of 3/,
  );
});
