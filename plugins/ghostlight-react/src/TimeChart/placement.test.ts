import { geometryOf, nearest } from './geometry';
import { groupMarkers } from './groupMarkers';
import { placeLabels } from './placeLabels';
import { plotRows } from './plotRows';

it('moves labels apart and keeps them within the height', () => {
  expect(placeLabels([50, 52, 10], 13, 130)).toEqual([50, 63, 10]);
  expect(placeLabels([128, 129, 130], 13, 130)).toEqual([97.5, 110.5, 123.5]);
});

it('finds the time nearest to a place', () => {
  const times = [0, 10, 20, 30];
  expect(nearest(times, -5)).toBe(0);
  expect(nearest(times, 14)).toBe(1);
  expect(nearest(times, 16)).toBe(2);
  expect(nearest(times, 99)).toBe(3);
});

it('reads a time off a place and back', () => {
  const window = { from: 1000, to: 1900, stepSeconds: 5 };
  const { xOf, timeAt } = geometryOf(480, 160, window, {
    low: 0,
    high: 1,
    ticks: [],
  });
  expect(timeAt(xOf(1450))).toBeCloseTo(1450);
  expect(timeAt(-50)).toBe(1000);
});

it('puts markers that would hide each other together', () => {
  const at = (seconds: number) => new Date(seconds * 1000).toISOString();
  const groups = groupMarkers(
    [
      { id: 'c', at: at(80), title: 'Deploy c' },
      { id: 'a', at: at(10), title: 'Deploy a' },
      { id: 'b', at: at(12), title: 'Deploy b' },
    ],
    seconds => seconds,
    14,
  );
  expect(groups.map(({ markers }) => markers.map(({ id }) => id))).toEqual([
    ['a', 'b'],
    ['c'],
  ]);
});

it('breaks the line where a step is missing altogether', () => {
  const rows = plotRows(
    [
      {
        name: 'requests',
        points: [
          [0, 1],
          [10, 2],
          [40, 3],
        ],
      },
    ],
    { from: 0, to: 40, stepSeconds: 10 },
  );
  expect(rows.map(({ values }) => values[0])).toEqual([1, 2, null, 3]);
});
