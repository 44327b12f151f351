import type { ReasonRule } from '../PodFacts';
import { terminationWords } from '../terminationWords';

/** All containers ended and none will be started again. */
export const ended: ReasonRule = {
  name: 'ended',
  explain({ pod, containers }) {
    const phase = pod.status?.phase;
    if (phase === 'Succeeded') {
      return { state: 'completed', words: 'it has finished', fatal: false };
    }
    if (phase !== 'Failed') {
      return undefined;
    }
    const failed = containers.find(({ state }) => state?.terminated?.exitCode);
    return {
      state: 'failed',
      words: failed?.state?.terminated
        ? terminationWords(failed.state.terminated, failed.name, pod)
        : 'it failed',
      fatal: false,
    };
  },
};
