import type { Slo } from '@ghostlight/plugin-health-common';
import { budgetHistory, historyParts } from './budgetHistory';
import { burnWindows } from './burnWindows';
import { judgeObjective, type Counted } from './judgeObjective';

const now = new Date('2026-11-21T12:00:00Z');
const DAY_MS = 86_400_000;
const slo: Slo = {
  name: 'availability',
  kind: 'availability',
  objective: 0.999,
  window: 'P30D',
};
const since = new Date(now.getTime() - 30 * DAY_MS).toISOString();
const counted = (requests: number, bad: number): Counted => ({
  requests,
  bad,
  since,
});
const judge = (
  whole: Counted | undefined,
  burns: Array<[Counted, Counted]> = [],
  changes: Partial<Slo> = {},
) =>
  judgeObjective({
    slo: { ...slo, ...changes },
    now,
    whole,
    burns: burns.map(([long, short]) => ({ long, short })),
    history: [],
    notes: [],
  });

describe('burn windows', () => {
  it('are those of the workbook for 30 days: 14.4, 6 and 1', () => {
    expect(burnWindows(30 * DAY_MS)).toEqual([
      {
        longMs: 3_600_000,
        shortMs: 300_000,
        threshold: 14.4,
        severity: 'critical',
      },
      {
        longMs: 21_600_000,
        shortMs: 1_800_000,
        threshold: 6,
        severity: 'critical',
      },
      {
        longMs: 259_200_000,
        shortMs: 21_600_000,
        threshold: 1,
        severity: 'warning',
      },
    ]);
  });

  it('scale with the window and keep the part of the budget after which they fire', () => {
    const [fast, middle, slow] = burnWindows(7 * DAY_MS);
    expect(fast).toMatchObject({ longMs: 840_000, threshold: 14.4 });
    expect(middle).toMatchObject({ longMs: 5_040_000, threshold: 6 });
    expect(slow).toMatchObject({ longMs: 60_480_000, threshold: 1 });
    // A day: an hour becomes 2 min, which is too short for a rate; 5 min at 5.76 are the same 2 % of the budget.
    const [shortest] = burnWindows(DAY_MS);
    expect(shortest).toMatchObject({ longMs: 300_000, shortMs: 60_000 });
    expect((shortest.threshold * shortest.longMs) / DAY_MS).toBeCloseTo(0.02);
  });
});

describe('an objective', () => {
  it('tells how much of the budget is left, and how fast it burns', () => {
    const met = judge(counted(1_000_000, 290), [
      [counted(1_400, 0.56), counted(120, 0)],
    ]);
    expect(met).toMatchObject({
      status: 'met',
      sentence: '71 % of the budget left, burning 0.4 x',
      requests: 1_000_000,
      bad: 290,
    });
    expect(met.attained).toBeCloseTo(0.99971, 8);
    expect(met.budgetLeft).toBeCloseTo(0.71, 8);
  });

  it('is breached without budget, whatever burns', () => {
    expect(
      judge(counted(100_000, 150), [[counted(10, 0), counted(1, 0)]]),
    ).toMatchObject({
      status: 'breached',
      sentence:
        'no budget left: 0.15 % of requests were bad, 0.1 % may be; burning 0 x',
    });
  });

  it('is at risk when both windows burn too fast, and only then', () => {
    const fast = counted(1_000, 16);
    const calm = counted(100, 0);
    expect(
      judge(counted(1_000_000, 290), [[fast, counted(80, 2)]]),
    ).toMatchObject({
      status: 'at-risk',
      sentence: '71 % of the budget left, burning 16 x: gone in 32 h',
      burnRates: [
        { firing: true, long: expect.closeTo(16), short: expect.closeTo(25) },
      ],
    });
    expect(judge(counted(1_000_000, 290), [[fast, calm]]).status).toBe('met');
    expect(judge(counted(1_000_000, 290), [[calm, fast]]).status).toBe('met');
  });

  it('does not fire for so few bad requests that it may be chance', () => {
    const [rate] = judge(counted(1_000_000, 290), [
      [counted(20, 4), counted(4, 4)],
    ]).burnRates;
    expect(rate).toMatchObject({ long: expect.closeTo(200), firing: false });
    expect(
      judge(counted(1_000_000, 290), [[counted(20, 5), counted(4, 4)]])
        .burnRates[0].firing,
    ).toBe(true);
  });

  it('says when there were too few requests to tell, and when none', () => {
    expect(judge(counted(12, 0))).toMatchObject({
      status: 'unknown',
      sentence: 'only 12 requests, too few to tell',
      notes: [
        'Fewer than 1,000 requests: one bad request alone could use up the budget.',
      ],
    });
    // Few, but bad enough for anybody.
    expect(judge(counted(12, 9)).status).toBe('breached');
    expect(judge(counted(0, 0))).toMatchObject({
      status: 'unknown',
      sentence: 'no requests within 30 d',
    });
    expect(judge(undefined)).toMatchObject({
      status: 'unknown',
      sentence: 'unknown: its requests could not be counted',
    });
  });

  it('says how much of the window is known, and which alert can never fire', () => {
    const short = new Date(now.getTime() - 21 * 3_600_000).toISOString();
    const { notes, since: told } = judge(
      { requests: 1_000, bad: 0, since: short },
      [[counted(100, 0), counted(10, 0)]],
      { objective: 0.9 },
    );
    expect(told).toBe(short);
    expect(notes).toEqual([
      'Only the last 21 h are known, of 30 d.',
      'With an objective of 90 % the budget burns at most 10 x, so the alert at 14.4 x never fires.',
    ]);
  });
});

describe('the history of the budget', () => {
  const nowMs = now.getTime();

  it('covers a day in at most 12 whole parts, and less in finer ones', () => {
    const day = historyParts(nowMs + 60_000, nowMs - 10 * DAY_MS);
    expect(day).toHaveLength(13);
    expect(day[0].fromMs).toBe(nowMs - DAY_MS);
    expect(day.at(-1)).toEqual({ fromMs: nowMs, toMs: nowMs + 60_000 });
    const minutes = historyParts(nowMs, nowMs - 10 * 60_000);
    expect(minutes).toHaveLength(10);
    expect(historyParts(nowMs, nowMs)).toEqual([]);
  });

  it('goes back from now: what a part saw leaves, what dropped out comes back', () => {
    const part = (fromMs: number, toMs: number) => ({ fromMs, toMs });
    const points = budgetHistory({
      objective: 0.9,
      nowMs,
      whole: { requests: 1_000, bad: 50 },
      parts: [
        {
          part: part(nowMs - 2_000, nowMs - 1_000),
          recent: { requests: 100, bad: 0 },
          old: { requests: 100, bad: 20 },
        },
        {
          part: part(nowMs - 1_000, nowMs),
          recent: { requests: 500, bad: 50 },
          old: undefined,
        },
      ],
    });
    expect(points).toEqual([
      [nowMs / 1000 - 2, expect.closeTo(1 - 20 / 50)],
      [nowMs / 1000 - 1, 1],
      [nowMs / 1000, expect.closeTo(0.5)],
    ]);
  });
});
