import { sinceWords } from '../durationWords';
import type { ReasonRule } from '../PodFacts';

/** Placed on a node, but no container runs yet. */
export const creating: ReasonRule = {
  name: 'creating',
  explain({ pod, now }) {
    if (pod.status?.phase !== 'Pending') {
      return undefined;
    }
    const since = pod.status.startTime ?? pod.metadata.creationTimestamp;
    return {
      state: 'starting',
      words: `its container is being created, for ${sinceWords(since, now)}`,
      fatal: false,
    };
  },
};
