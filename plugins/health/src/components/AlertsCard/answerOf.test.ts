import { anAlert } from '../../testing/alerts';
import { anObjectiveAtRisk, anObjectiveMet } from '../../testing/objectives';
import { answerOf } from './answerOf';

it('tells the worst that fires, and how many more do', () => {
  const warning = anAlert({ severity: 'warning', name: 'slow' });
  expect(answerOf([warning, anAlert()], [anObjectiveMet()])).toEqual({
    look: { value: 'failing', word: 'Critical' },
    sentence: 'errors are 4.2 %, above 1 % for 3 min, and 1 more alert.',
  });
});

it('tells the objective that is worst off while nothing fires', () => {
  expect(answerOf([], [anObjectiveMet(), anObjectiveAtRisk()])?.sentence).toBe(
    'fast: 12 % of the budget left, burning 7.2 x.',
  );
});

it('says in one breath that all is kept', () => {
  const answer = answerOf([], [anObjectiveMet(), anObjectiveMet()]);
  expect(answer?.look.word).toBe('Met');
  expect(answer?.sentence).toBe('All 2 objectives, and no alert fires.');
});

it('has nothing to say of nothing', () => {
  expect(answerOf([], [])).toBeUndefined();
});
