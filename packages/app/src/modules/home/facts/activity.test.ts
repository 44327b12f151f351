import { mergeActivity } from './activity';
import { commit, deployment } from './facts.fixture';

describe('mergeActivity', () => {
  it('puts commits and deployments on one line of time, newest first', () => {
    const pushed = commit('2026-11-21T14:00:00Z');
    const deployed = deployment({ finishedAt: '2026-11-21T14:00:30Z' });
    const running = deployment({
      startedAt: '2026-11-21T14:01:00Z',
      finishedAt: undefined,
      state: 'building',
    });
    const activity = mergeActivity(
      [running, deployed],
      [{ repository: 'orders', commit: pushed }],
      10,
    );
    expect(activity.map(({ id }) => id)).toEqual([
      running.id,
      deployed.id,
      `orders@${pushed.sha}`,
    ]);
  });

  it('keeps the newest and leaves out what was superseded', () => {
    const older = commit('2026-11-21T13:00:00Z');
    const newer = commit('2026-11-21T14:00:00Z');
    const activity = mergeActivity(
      [deployment({ state: 'superseded' })],
      [
        { repository: 'orders', commit: older },
        { repository: 'orders', commit: newer },
      ],
      1,
    );
    expect(activity.map(({ id }) => id)).toEqual([`orders@${newer.sha}`]);
  });
});
