import type { ReasonRule } from '../PodFacts';

export const readinessGate: ReasonRule = {
  name: 'readiness gate',
  explain({ pod }) {
    const closed = pod.spec.readinessGates.find(
      ({ conditionType }) =>
        !pod.status?.conditions.some(
          ({ type, status }) => type === conditionType && status === 'True',
        ),
    );
    return closed
      ? {
          state: 'not ready',
          words: `its readiness gate ${closed.conditionType} is not open`,
          fatal: false,
        }
      : undefined;
  },
};
