import { gapsOf, isFresh, lastKnown } from './gaps';
import type { ChartPoint } from './types';

const window = { from: 0, to: 100, stepSeconds: 10 };
const noData = () => 'no data';

function series(...points: ChartPoint[]) {
  return [{ name: 'requests', points }];
}

function every10(
  value: (at: number) => number | null,
  from = 0,
  to = 100,
): ChartPoint[] {
  const points: ChartPoint[] = [];
  for (let at = from; at <= to; at += 10) {
    points.push([at, value(at)]);
  }
  return points;
}

it('finds where nothing was measured, half a step to each side', () => {
  const points = every10(at => (at === 40 || at === 50 ? null : 1));
  expect(gapsOf(series(...points), window, noData)).toEqual([
    { from: 35, to: 55, words: 'no data' },
  ]);
});

it('is no gap while one of several series has a value', () => {
  const gaps = gapsOf(
    [
      { name: 'p50', points: every10(() => 1) },
      { name: 'p99', points: every10(() => null) },
    ],
    window,
    noData,
  );
  expect(gaps).toEqual([]);
});

it('counts missing steps, and the time before the first', () => {
  const points = every10(() => 1, 30).filter(([at]) => at !== 60 && at !== 70);
  expect(gapsOf(series(...points), window, noData)).toEqual([
    { from: 0, to: 25, words: 'no data' },
    { from: 55, to: 75, words: 'no data' },
  ]);
});

it('waits three steps before the end is called a gap', () => {
  const late = every10(() => 1, 0, 80);
  expect(gapsOf(series(...late), window, noData)).toEqual([]);
  const gone = every10(at => (at <= 40 ? 1 : null));
  expect(gapsOf(series(...gone), window, noData)).toEqual([
    { from: 45, to: 100, words: 'no data' },
  ]);
});

it('tells stretches apart that have different reasons', () => {
  const points = every10(at => (at >= 40 && at <= 60 ? null : 1));
  const reasons = (at: number) => (at < 55 ? 'no requests' : 'no data');
  expect(
    gapsOf(series(...points), window, reasons).map(({ words }) => words),
  ).toEqual(['no requests', 'no data']);
});

it('knows the newest value and whether it still counts', () => {
  const points = every10(at => (at <= 60 ? at : null));
  expect(lastKnown(points)).toEqual({ at: 60, value: 60 });
  expect(isFresh(60, window)).toBe(false);
  expect(isFresh(80, window)).toBe(true);
  expect(lastKnown([[10, null]])).toBeUndefined();
});
