import { sinceWords } from '../durationWords';
import type { ReasonRule } from '../PodFacts';

/** A container that has just started is starting; later its probe is failing. */
const STARTING_MS = 30_000;

export const readinessProbe: ReasonRule = {
  name: 'readiness probe',
  explain({ pod, containers, now }) {
    const unready = containers.find(
      ({ ready, state }) => !ready && state?.running,
    );
    if (!unready) {
      return undefined;
    }
    const startedAt =
      unready.state?.running?.startedAt ?? pod.metadata.creationTimestamp;
    const condition = pod.status?.conditions.find(
      ({ type, status }) => type === 'ContainersReady' && status === 'False',
    );
    const since = condition?.lastTransitionTime ?? startedAt;
    if (now.getTime() - Date.parse(startedAt) < STARTING_MS) {
      return {
        state: 'starting',
        words: `it started ${sinceWords(
          startedAt,
          now,
        )} ago and is not ready yet`,
        fatal: false,
      };
    }
    const hasProbe = pod.spec.containers.find(
      ({ name }) => name === unready.name,
    )?.readinessProbe;
    return {
      state: 'not ready',
      words: hasProbe
        ? `its readiness probe has been failing for ${sinceWords(since, now)}`
        : `its container ${unready.name} has not been ready for ${sinceWords(
            since,
            now,
          )}`,
      fatal: false,
    };
  },
};
