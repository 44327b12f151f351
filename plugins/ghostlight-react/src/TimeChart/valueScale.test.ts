import { valueScale } from './valueScale';

const MiB = 1024 ** 2;

it('begins at 0 and ends at a round figure', () => {
  expect(valueScale([21.4, 29.1], 'per-second')).toEqual({
    low: 0,
    high: 30,
    ticks: [0, 10, 20, 30],
  });
  expect(valueScale([0.3], 'cores').ticks).toEqual([0, 0.1, 0.2, 0.3]);
});

it('is round in powers of two for bytes', () => {
  expect(
    valueScale([57 * MiB], 'bytes', 128 * MiB).ticks.map(t => t / MiB),
  ).toEqual([0, 32, 64, 96, 128]);
});

it('keeps a tiny share from filling the chart', () => {
  expect(valueScale([0.0002], 'ratio', 0.01).high).toBe(0.01);
});

it('reaches below 0 for what is below 0', () => {
  expect(valueScale([-0.4, 1], 'ratio').ticks).toEqual([-0.5, 0, 0.5, 1]);
});

it('has an axis where there are no values, and no halves of things that are counted', () => {
  expect(valueScale([], 'ms').high).toBe(1);
  expect(valueScale([2], 'count').ticks).toEqual([0, 1, 2]);
});
