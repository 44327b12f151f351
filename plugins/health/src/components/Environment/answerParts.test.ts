import { answerParts } from './answerParts';

it('ends with the verdict on the last deploy, wherever a name has a point in it', () => {
  expect(
    answerParts(
      '3 of 3 replicas ready. Last deploy 12 min ago (a1b2c3d by J. Doe).',
      'no worse',
    ),
  ).toEqual({
    state: '3 of 3 replicas ready.',
    deploy: 'Last deploy 12 min ago (a1b2c3d by J. Doe): no worse.',
  });
});

it('leaves a sentence as it is that nothing can be added to', () => {
  expect(
    answerParts('3 of 3 replicas ready. Last deploy 2 h ago.', undefined),
  ).toEqual({
    state: '3 of 3 replicas ready.',
    deploy: 'Last deploy 2 h ago.',
  });
  expect(answerParts('2 workloads run.', 'worse')).toEqual({
    state: '2 workloads run.',
    deploy: 'Last deploy: worse.',
  });
  expect(answerParts('Nothing is deployed.', undefined)).toEqual({
    state: 'Nothing is deployed.',
    deploy: undefined,
  });
});
