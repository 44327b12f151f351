import { execFileSync } from 'node:child_process';
import type { GroupUsage, ProcessTable } from './process-table.ts';

function ps(args: string[]): string[] {
  try {
    return execFileSync('ps', args, {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).split('\n');
  } catch {
    return []; // ps exits 1 when no process matches.
  }
}

/** `[[dd-]hh:]mm:ss[.cc]` */
function seconds(time: string): number {
  const [clock, days = '0'] = time.split('-').reverse();
  return clock
    .split(':')
    .reduce(
      (sum, part) => sum * 60 + Number(part),
      Number(days) * (clock.split(':').length === 3 ? 24 : 0),
    );
}

/** Asks `ps`, for systems without `/proc`. Shared memory is counted once for each process. */
export class PsProcessTable implements ProcessTable {
  identity(pid: number): string | undefined {
    const line = ps(['-o', 'stat=,lstart=', '-p', String(pid)])[0]?.trim();
    return !line || line.startsWith('Z')
      ? undefined
      : `${pid}/${line.slice(line.indexOf(' ')).trim()}`;
  }

  usage(groupId: number): GroupUsage {
    const members = ps(['-axo', 'pid=,pgid=,rss=,time='])
      .map(line => line.trim().split(/\s+/))
      .filter(([, group]) => Number(group) === groupId);
    return {
      pids: members.map(([pid]) => Number(pid)),
      memoryBytes:
        members.reduce((sum, [, , kib]) => sum + Number(kib), 0) * 1024,
      cpuSeconds: members.reduce((sum, [, , , time]) => sum + seconds(time), 0),
    };
  }

  startedWith(variable: string): number[] {
    // `e` appends the environment to the command, on macOS and on Linux alike.
    return ps(['axeww', '-o', 'pid=,command='])
      .filter(line => line.split(/\s+/).includes(variable))
      .map(line => parseInt(line, 10));
  }
}
