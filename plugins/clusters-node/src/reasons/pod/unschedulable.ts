import { sinceWords } from '../durationWords';
import type { ReasonRule } from '../PodFacts';

export const unschedulable: ReasonRule = {
  name: 'unschedulable',
  explain({ pod, now }) {
    if (pod.status?.phase !== 'Pending' || pod.spec.nodeName) {
      return undefined;
    }
    const scheduled = pod.status.conditions.find(
      ({ type, status }) => type === 'PodScheduled' && status === 'False',
    );
    const waited = sinceWords(pod.metadata.creationTimestamp, now);
    return {
      state: 'pending',
      words: scheduled?.message
        ? `no node can take it, for ${waited}: ${scheduled.message}`
        : `it has been waiting for a node for ${waited}`,
      fatal: false,
    };
  },
};
