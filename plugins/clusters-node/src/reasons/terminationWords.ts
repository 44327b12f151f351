import type { Pod, Terminated } from '../kube/objects';
import { parseQuantity } from '../kube/quantity';
import { bytesWords } from './bytesWords';

/** What exit codes mean; 128 + n is signal n. */
const EXIT_CODES: Record<number, string> = {
  0: 'it ended by itself (exit 0)',
  1: 'it ended with an error (exit 1)',
  126: 'its command may not be executed (exit 126)',
  127: 'its command was not found (exit 127)',
  130: 'it was interrupted (exit 130, SIGINT)',
  134: 'it aborted itself (exit 134, SIGABRT)',
  137: 'it was killed (exit 137, SIGKILL)',
  139: 'it accessed memory it does not own (exit 139, SIGSEGV)',
  143: 'it was told to end (exit 143, SIGTERM)',
};

/** Why a container ended. A clause: `out of memory: used more than its limit of 96 MiB`. */
export function terminationWords(
  terminated: Terminated,
  container: string,
  pod: Pod,
): string {
  if (terminated.reason === 'OOMKilled') {
    const limit = memoryLimit(pod, container);
    return limit === undefined
      ? 'out of memory: its node had no more'
      : `out of memory: used more than its limit of ${bytesWords(limit)}`;
  }
  if (
    terminated.reason === 'ContainerCannotRun' ||
    terminated.reason === 'StartError'
  ) {
    return `it could not be started: ${
      terminated.message ?? terminated.reason
    }`;
  }
  if (terminated.reason === 'DeadlineExceeded') {
    return 'it ran longer than its deadline';
  }
  const code = terminated.exitCode;
  if (code === undefined || code === null) {
    return terminated.reason ?? 'it ended';
  }
  if (Object.hasOwn(EXIT_CODES, code)) {
    return EXIT_CODES[code];
  }
  return code > 128 && code < 160
    ? `it was ended by signal ${code - 128} (exit ${code})`
    : `it ended with an error (exit ${code})`;
}

function memoryLimit(pod: Pod, container: string): number | undefined {
  const limit = pod.spec.containers.find(({ name }) => name === container)
    ?.resources?.limits.memory;
  return limit === undefined ? undefined : parseQuantity(limit);
}
