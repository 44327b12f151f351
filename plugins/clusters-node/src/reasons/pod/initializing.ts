import type { ReasonRule } from '../PodFacts';

/** Containers that prepare the pod have not all finished. */
export const initializing: ReasonRule = {
  name: 'initializing',
  explain({ pod }) {
    const unfinished = (pod.status?.initContainerStatuses ?? []).find(
      ({ state }) => state?.terminated?.exitCode !== 0,
    );
    return unfinished && pod.status?.phase === 'Pending'
      ? {
          state: 'starting',
          words: `its init container ${unfinished.name} has not finished`,
          fatal: false,
        }
      : undefined;
  },
};
