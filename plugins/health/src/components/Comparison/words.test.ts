import { aComparison, aWorkloadComparison } from '../../testing/comparison';
import { changeWords, differenceWords, valueWords } from './measureWords';
import {
  lastDeployed,
  metricVerdict,
  verdictClause,
  verdictWord,
} from './verdicts';

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

it('names what is worse', () => {
  const comparison = aWorkloadComparison();
  const worse = aWorkloadComparison({
    verdict: 'worse',
    metrics: comparison.metrics.map(metric =>
      ['errors', 'p95'].includes(metric.metric)
        ? { ...metric, verdict: 'worse' }
        : metric,
    ),
  });
  expect(verdictWord(worse)).toBe('Worse: errors and p95');
  expect(verdictClause(worse)).toBe('worse in errors and p95');
  expect(verdictClause(aWorkloadComparison({ verdict: 'no-worse' }))).toBe(
    'no worse',
  );
});

it('blames no lack of traffic for what is undecided', () => {
  const undecided = aWorkloadComparison({ verdict: 'undecided' });
  expect(verdictWord(undecided)).toBe('Undecided');
  expect(verdictClause(undecided)).toBe('undecided yet whether it is worse');
});

it('does not judge how much is asked', () => {
  const verdict = 'no-worse';
  expect(metricVerdict({ metric: 'requests', verdict })).toEqual({
    word: 'Not judged',
  });
  expect(metricVerdict({ metric: 'errors', verdict })).toMatchObject({
    word: 'No worse',
    status: 'healthy',
  });
});
