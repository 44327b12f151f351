import type { ReasonRule } from '../PodFacts';

/** The pod as a whole failed: evicted, preempted, refused by its node. */
export const evicted: ReasonRule = {
  name: 'evicted',
  explain({ pod }) {
    const status = pod.status;
    if (status?.phase !== 'Failed' || !status.reason) {
      return undefined;
    }
    const detail = status.message ? `: ${status.message}` : '';
    return {
      state: 'failed',
      words:
        status.reason === 'Evicted'
          ? `its node put it out${detail}`
          : `it failed (${status.reason})${detail}`,
      fatal: false,
    };
  },
};
