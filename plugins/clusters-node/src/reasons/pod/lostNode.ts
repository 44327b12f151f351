import type { ReasonRule } from '../PodFacts';

export const lostNode: ReasonRule = {
  name: 'lost node',
  explain({ pod }) {
    const { status } = pod;
    return status?.phase === 'Unknown' || status?.reason === 'NodeLost'
      ? {
          state: 'unknown',
          words: `its node ${pod.spec.nodeName ?? ''} does not answer`.replace(
            '  ',
            ' ',
          ),
          fatal: false,
        }
      : undefined;
  },
};
