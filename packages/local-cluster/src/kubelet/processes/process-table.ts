import { existsSync } from 'node:fs';
import { LinuxProcessTable } from './linux-process-table.ts';
import { PsProcessTable } from './ps-process-table.ts';

/** What a process group uses at one moment. */
export interface GroupUsage {
  pids: number[];
  /** Resident memory; pages that the processes of the group share are counted once, as far as the system tells. */
  memoryBytes: number;
  /** Processor time since the group started. */
  cpuSeconds: number;
}

/** What the operating system knows of processes that are not our direct children. */
export interface ProcessTable {
  /** Tells one process from a later one with the same number; undefined when it is gone or only a zombie. */
  identity(pid: number): string | undefined;
  usage(groupId: number): GroupUsage;
  /** Living processes started with `NAME=value` in their environment. */
  startedWith(variable: string): number[];
}

/** `/proc` where there is one (Linux), else `ps` (macOS), which is slower and cannot share out shared memory. */
export function processTable(): ProcessTable {
  return existsSync('/proc/self/stat')
    ? new LinuxProcessTable()
    : new PsProcessTable();
}
