import { anObjectiveMet } from '../../testing/objectives';
import { durationWords } from './durationWords';
import {
  budgetWords,
  burnWords,
  promiseWords,
  usedWords,
} from './objectiveWords';

it.each([
  ['P30D', '30 days'],
  ['P1D', '1 day'],
  ['P4W', '4 weeks'],
  ['PT1H', '1 h'],
  ['PT1H30M', '1 h 30 min'],
  ['P', 'P'],
  ['a while', 'a while'],
])('%s is said as %s', (duration, words) => {
  expect(durationWords(duration)).toBe(words);
});

it('tells a promise without rounding it away', () => {
  const slo = {
    name: 'availability',
    kind: 'availability' as const,
    window: 'P30D',
  };
  expect(promiseWords({ ...slo, objective: 0.9995 })).toBe(
    '99.95 % of requests succeed over 30 days',
  );
  expect(promiseWords({ ...slo, objective: 0.99999 })).toBe(
    '99.999 % of requests succeed over 30 days',
  );
  expect(
    promiseWords({
      ...slo,
      kind: 'latency',
      objective: 0.95,
      thresholdMs: 300,
      window: 'P4W',
    }),
  ).toBe('95 % of requests are answered within 300 ms over 4 weeks');
});

it('counts what failed against what may', () => {
  expect(usedWords(anObjectiveMet())).toBe(
    '349 of 1,204,311 requests failed, 1,204 may',
  );
  const few = { ...anObjectiveMet(), requests: 1000, bad: 3 };
  expect(usedWords({ ...few, slo: { ...few.slo, objective: 0.99 } })).toBe(
    '3 of 1,000 requests failed, 10 may',
  );
  expect(usedWords({ ...few, requests: 0 })).toBe('no requests yet');
  expect(usedWords({ ...few, requests: undefined })).toBeUndefined();
});

it('tells an overspent budget and a rate that nobody measured', () => {
  expect(budgetWords(0.714)).toBe('71.4 % of the budget left');
  expect(budgetWords(-0.4)).toBe('overspent by 40 % of the budget');
  expect(burnWords(0.42)).toBe('0.42 x');
  expect(burnWords(undefined)).toBe('no data');
});
