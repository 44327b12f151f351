import { sinceWords } from '../durationWords';
import type { ReasonRule } from '../PodFacts';

export const startupProbe: ReasonRule = {
  name: 'startup probe',
  explain({ pod, containers, now }) {
    const slow = containers.find(
      ({ name, state, started }) =>
        state?.running &&
        started === false &&
        pod.spec.containers.find(c => c.name === name)?.startupProbe,
    );
    return slow?.state?.running
      ? {
          state: 'starting',
          words: `it has been starting for ${sinceWords(
            slow.state.running.startedAt ?? pod.metadata.creationTimestamp,
            now,
          )} and its startup probe has not succeeded yet`,
          fatal: false,
        }
      : undefined;
  },
};
