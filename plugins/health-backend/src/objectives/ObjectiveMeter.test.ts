import type { Slo } from '@ghostlight/plugin-health-common';
import { FakeMetrics } from '../__testUtils__/FakeMetrics';
import { environmentOf, workloadOf } from '../__testUtils__/views';
import { ObjectiveMeter } from './ObjectiveMeter';
import { TotalsSource } from './TotalsSource';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const WINDOW_MS = 30 * 24 * HOUR_MS;
const NOON = Date.parse('2026-11-21T12:00:00Z');
const availability: Slo = {
  name: 'availability',
  kind: 'availability',
  objective: 0.9,
  window: 'P30D',
};
let nowMs: number;
let metrics: FakeMetrics;
let totals: TotalsSource;
let meter: ObjectiveMeter;
const measure = async (history = true, slos = [availability]) => {
  metrics.intervals.length = 0;
  const environment = environmentOf('local', [workloadOf()]);
  const { objectives } = await meter.measure('orders', environment, slos, {
    history,
  });
  return objectives;
};

beforeEach(() => {
  nowMs = NOON + 30 * SECOND_MS;
  metrics = new FakeMetrics();
  const now = () => new Date(nowMs);
  totals = new TotalsSource({ now });
  meter = new ObjectiveMeter({ metrics, totals, now });
});

describe('the history of the budget', () => {
  it('is of the moment at which the whole window was counted', async () => {
    metrics.failsFromMs = NOON - 10 * MINUTE_MS;
    const [first] = await measure();
    // Minutes later the window is not counted again, but requests go on to fail.
    nowMs += 200 * SECOND_MS;
    const [later] = await measure();
    expect(later.bad).toBe(6_300);
    expect(later.history).toEqual(first.history);
    expect(metrics.intervals.every(({ toMs }) => toMs <= nowMs)).toBe(true);
    expect(later.history.at(-1)).toEqual([
      NOON / 1000 + 30,
      expect.closeTo(later.budgetLeft ?? NaN, 9),
    ]);
    // What was bad until noon was bad at noon, and before it nothing was.
    const [before, atNoon] = later.history.slice(-3);
    expect(atNoon).toEqual([
      NOON / 1000,
      expect.closeTo(1 - 6_000 / (0.1 * 10 * (WINDOW_MS / 1000)), 9),
    ]);
    expect(before).toEqual([NOON / 1000 - 7_200, 1]);
  });

  it('does not fill what is remembered for a day with its unfinished part, and looks for the beginning of data once', async () => {
    const past = jest.spyOn(totals, 'past');
    await measure();
    const { length } = metrics.intervals;
    expect(metrics.intervals.filter(({ since }) => since)).toHaveLength(1);
    // Whoever looks at the same moment asks for nothing.
    nowMs += SECOND_MS;
    await measure();
    expect(metrics.intervals).toEqual([]);
    nowMs += 320 * SECOND_MS;
    await measure();
    // Those that were finished are remembered: all but the windows and the unfinished part.
    expect(metrics.intervals).toHaveLength(8);
    expect(length).toBeGreaterThan(20);
    const ends = past.mock.calls.map(([, , { toMs }]) => toMs % HOUR_MS);
    expect(new Set(ends)).toEqual(new Set([0]));
  });
});

it('says how much is known at the moment that its numbers are about', async () => {
  metrics.beganMs = nowMs - 60 * SECOND_MS;
  const [first] = await measure(false);
  nowMs += 4 * SECOND_MS;
  const [later] = await measure(false);
  expect(first.notes.join()).toContain('Only the last 60 s');
  expect(later.notes).toEqual(first.notes);
  expect(later.requests).toBe(first.requests);
});

it('of a young service tells the same in all of its numbers, whenever it is asked', async () => {
  const began = nowMs - 5 * MINUTE_MS;
  metrics.beganMs = began;
  metrics.rate = 14 / 300;
  metrics.failsFromMs = nowMs - MINUTE_MS;
  const fast: Slo = { ...availability, name: 'fast', window: 'P7D' };
  for (const step of [0, 1, 3, 2, 4, 6, 1, 20, 7].map(each => each * 1000)) {
    nowMs += step;
    const objectives = await measure(true, [availability, fast]);
    // What was asked now was asked up to one moment.
    const ends = metrics.intervals
      .filter(({ fromMs, toMs }) => toMs - fromMs >= 5 * MINUTE_MS)
      .map(({ toMs }) => toMs)
      .filter(toMs => toMs > began);
    expect(new Set(ends).size).toBeLessThanOrEqual(1);
    for (const { burnRates, attained, requests, bad, since } of objectives) {
      expect(since).toBe(new Date(began).toISOString());
      const share = 1 - (attained ?? NaN);
      const seconds = 14 / 300;
      expect(requests).toBeGreaterThanOrEqual(14);
      expect(bad).toBeGreaterThanOrEqual(Math.floor(60 * seconds));
      // Each long window holds all there is.
      expect(burnRates.map(({ long }) => long)).toEqual(
        burnRates.map(() => expect.closeTo(share / 0.1, 9)),
      );
    }
    expect(objectives[0]).toMatchObject({
      requests: objectives[1].requests,
      bad: objectives[1].bad,
    });
  }
});
