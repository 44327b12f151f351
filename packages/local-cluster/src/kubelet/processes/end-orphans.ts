import { wait } from '../wait.ts';
import { systemClock } from '../../system-clock.ts';
import type { ProcessTable } from './process-table.ts';

const GONE_WITHIN_MS = 2000;

/**
 * Ends processes that a former life of the cluster left behind. They are known by its marker in their environment; the identity is
 * read again before each signal, so that a number given to another process meanwhile is left alone.
 * @returns how many were ended
 */
export async function endOrphans(
  table: ProcessTable,
  marker: string,
): Promise<number> {
  const orphans = table
    .startedWith(marker)
    .filter(pid => pid !== process.pid)
    .map(pid => ({ pid, identity: table.identity(pid) }));
  const alive = () =>
    orphans.filter(
      ({ pid, identity }) =>
        identity !== undefined && table.identity(pid) === identity,
    );
  for (const { pid } of alive()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended between the two looks.
    }
  }
  const until = Date.now() + GONE_WITHIN_MS;
  while (alive().length > 0 && Date.now() < until) {
    await wait(systemClock, 10, new AbortController().signal);
  }
  return orphans.length;
}
