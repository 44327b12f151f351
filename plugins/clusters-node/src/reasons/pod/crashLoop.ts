import type { ContainerStatus } from '../../kube/objects';
import type { ReasonRule } from '../PodFacts';
import { terminationWords } from '../terminationWords';

/** The kubelet's pauses between restarts of a container: 10 s, doubled up to 5 min. */
const BACKOFF_BASE_MS = 10_000;
const BACKOFF_MAX_MS = 300_000;

/** It ends again and again, or has just ended and will be started again. */
export const crashLoop: ReasonRule = {
  name: 'crash loop',
  explain({ pod, containers, now }) {
    const crashed = containers.find(
      ({ state }) =>
        state?.waiting?.reason === 'CrashLoopBackOff' ||
        (state?.terminated && pod.status?.phase === 'Running'),
    );
    if (!crashed) {
      return undefined;
    }
    const last = crashed.state?.terminated ?? crashed.lastState?.terminated;
    const why = last ? terminationWords(last, crashed.name, pod) : 'it ended';
    const times =
      crashed.restartCount > 0
        ? `, started again ${crashed.restartCount} ${
            crashed.restartCount === 1 ? 'time' : 'times'
          }`
        : '';
    return {
      state: 'crashing',
      words: `${why}${times}${nextTry(crashed, now)}`,
      fatal:
        crashed.state?.waiting?.reason === 'CrashLoopBackOff' &&
        crashed.restartCount >= 1,
    };
  },
};

function nextTry(container: ContainerStatus, now: Date): string {
  const finishedAt = container.lastState?.terminated?.finishedAt;
  if (container.state?.waiting?.reason !== 'CrashLoopBackOff' || !finishedAt) {
    return '';
  }
  const told = /back-off (?:(\d+)m)?(?:(\d+)s)?/.exec(
    container.state.waiting.message ?? '',
  );
  const pauseMs = told
    ? (Number(told[1] ?? 0) * 60 + Number(told[2] ?? 0)) * 1000
    : Math.min(
        BACKOFF_BASE_MS * 2 ** Math.max(0, container.restartCount - 1),
        BACKOFF_MAX_MS,
      );
  const leftMs = Date.parse(finishedAt) + pauseMs - now.getTime();
  return leftMs > 0 ? `, next try in ${Math.ceil(leftMs / 1000)} s` : '';
}
