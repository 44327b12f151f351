import { aComparison, aWorkloadComparison } from '../../testing/comparison';
import { changeWords, differenceWords, valueWords } from './measureWords';
import { lastDeployed } from './verdicts';

it('tells how far a value moved, with its sign and its interval', () => {
  expect(differenceWords(3, 'ms')).toBe('+3 ms');
  expect(differenceWords(-0.0012, 'ratio')).toBe('−0.12 points');
  expect(differenceWords(0.0001, 'cores')).toBe('0 cores');
  expect(differenceWords(0, 'ms')).toBe('0 ms');
  expect(
    changeWords({
      metric: 'p95',
      unit: 'ms',
      difference: 3,
      interval: [-4, 10],
      verdict: 'no-worse',
    }),
  ).toBe('+3 ms (−4 ms to +10 ms)');
  expect(
    changeWords({ metric: 'p95', unit: 'ms', verdict: 'no-data' }),
  ).toBeUndefined();
  expect(valueWords(undefined, 'ms')).toBe('no data');
});

it('speaks of the workload that was deployed last, and of none that was deployed once', () => {
  const older = aWorkloadComparison();
  const newer = aWorkloadComparison({
    after: { ...older.after, from: new Date().toISOString() },
  });
  const first = aWorkloadComparison({
    before: { ...older.before, revision: undefined },
    after: { ...older.after, from: new Date(Date.now() + 1000).toISOString() },
  });
  expect(lastDeployed(aComparison({ workloads: [older, first, newer] }))).toBe(
    newer,
  );
  expect(lastDeployed(aComparison({ workloads: [first] }))).toBeUndefined();
});
