import { readFileSync, readdirSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { GroupUsage, ProcessTable } from './process-table.ts';

/** USER_HZ: the unit of times in /proc/<pid>/stat, 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
/** A whole scan costs about 10 us a process, so it is shared by all groups for this long. */
const SCAN_VALID_MS = 1000;
const AT_PAGESZ = 6n;

interface Stat {
  state: string;
  groupId: number;
  cpuTicks: number;
  startTime: string;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined; // The process ended between being listed and being read, or is another user's.
  }
}

/** The program's name is in brackets and may hold anything, so fields are counted from the last bracket (proc(5)). */
function stat(pid: number): Stat | undefined {
  const text = read(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return {
    state: fields[0],
    groupId: Number(fields[2]),
    // utime, stime and those of children already waited for: so that the sum never goes back when a child ends.
    cpuTicks: fields
      .slice(11, 15)
      .reduce((sum, ticks) => sum + Number(ticks), 0),
    startTime: fields[19],
  };
}

function pageSize(): number {
  const auxv = readFileSync('/proc/self/auxv');
  for (let at = 0; at + 16 <= auxv.length; at += 16) {
    if (auxv.readBigUInt64LE(at) === AT_PAGESZ) {
      return Number(auxv.readBigUInt64LE(at + 8));
    }
  }
  return 4096;
}

const allPids = () =>
  readdirSync('/proc')
    .map(Number)
    .filter(pid => pid > 0);

/** Reads `/proc`. */
export class LinuxProcessTable implements ProcessTable {
  readonly #pageSize = pageSize();
  readonly #bootId =
    read('/proc/sys/kernel/random/boot_id')?.trim() ?? 'unknown';
  #scannedAt = -Infinity;
  #groups = new Map<number, number[]>();

  identity(pid: number): string | undefined {
    const found = stat(pid);
    return found === undefined || found.state === 'Z'
      ? undefined
      : `${this.#bootId}/${pid}/${found.startTime}`;
  }

  usage(groupId: number): GroupUsage {
    const pids: number[] = [];
    let ownBytes = 0;
    let sharedBytes = 0;
    let ticks = 0;
    for (const pid of this.#members(groupId)) {
      const facts = stat(pid);
      const pages = read(`/proc/${pid}/statm`)?.split(' ').map(Number);
      if (!facts || !pages || facts.groupId !== groupId) continue;
      pids.push(pid);
      ownBytes += (pages[1] - pages[2]) * this.#pageSize;
      sharedBytes = Math.max(sharedBytes, pages[2] * this.#pageSize);
      ticks += facts.cpuTicks;
    }
    return {
      pids,
      memoryBytes: ownBytes + sharedBytes,
      cpuSeconds: ticks / TICKS_PER_SECOND,
    };
  }

  startedWith(variable: string): number[] {
    return allPids().filter(pid => {
      const environment = read(`/proc/${pid}/environ`);
      return (
        environment !== undefined &&
        environment.split('\0').includes(variable) &&
        stat(pid)?.state !== 'Z'
      );
    });
  }

  /** New children are seen at once through their parents, those whose parent ended with the next scan. */
  #members(groupId: number): Set<number> {
    const members = new Set([groupId, ...(this.#scan().get(groupId) ?? [])]);
    for (const pid of members) {
      const children = read(`/proc/${pid}/task/${pid}/children`) ?? '';
      for (const child of children.split(' ').map(Number)) {
        if (child > 0) members.add(child);
      }
    }
    return members;
  }

  #scan(): Map<number, number[]> {
    if (performance.now() - this.#scannedAt < SCAN_VALID_MS)
      return this.#groups;
    this.#groups = new Map();
    for (const pid of allPids()) {
      const groupId = stat(pid)?.groupId ?? 0;
      const members = this.#groups.get(groupId);
      if (members) members.push(pid);
      else this.#groups.set(groupId, [pid]);
    }
    this.#scannedAt = performance.now();
    return this.#groups;
  }
}
