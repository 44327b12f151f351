import { sparkline } from './sparkline';

const space = { width: 100, height: 22, from: 0, to: 1 };

it('draws from edge to edge in time and in value', () => {
  expect(
    sparkline(
      [
        [0, 0],
        [50, 0.5],
        [100, 1],
      ],
      space,
    ),
  ).toBe('M0 21L50 11L100 1');
});

it('breaks where nothing was measured and stays within its space', () => {
  expect(
    sparkline(
      [
        [0, -3],
        [50, null],
        [100, 7],
      ],
      space,
    ),
  ).toBe('M0 21M100 1');
});

it('is nothing of nothing', () => {
  expect(sparkline([], space)).toBe('');
});
