import { sinceWords } from '../durationWords';
import type { ReasonRule } from '../PodFacts';

export const terminating: ReasonRule = {
  name: 'terminating',
  explain({ pod, now }) {
    const { deletionTimestamp } = pod.metadata;
    if (!deletionTimestamp) {
      return undefined;
    }
    // deletionTimestamp is when it has to be gone, after its grace period.
    const overdue = now.getTime() - Date.parse(deletionTimestamp);
    return {
      state: 'terminating',
      words:
        overdue > 5_000
          ? `it is being removed and should have been gone ${sinceWords(
              deletionTimestamp,
              now,
            )} ago`
          : 'it is being removed',
      fatal: false,
    };
  },
};
