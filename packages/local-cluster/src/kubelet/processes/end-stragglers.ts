import { POD_MARKER } from './markers.ts';
import type { ProcessTable } from './process-table.ts';

/** Ends what is left of a pod: whoever left its process group still carries its marker. */
export function endStragglers(table: ProcessTable, podUid: string): void {
  for (const pid of table.startedWith(`${POD_MARKER}=${podUid}`)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
  }
}
