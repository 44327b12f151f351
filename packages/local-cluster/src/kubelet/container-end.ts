import { constants } from 'node:os';
import type { RunEnd } from './container-run.ts';
import type { Terminated, Time } from './pod-status.ts';

const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

export function overLimitWords(usedBytes: number, limitBytes: number): string {
  return `used ${mebibytes(usedBytes)} of memory, its limit is ${mebibytes(
    limitBytes,
  )} (approximate: resident memory, looked at every 100 ms)`;
}

const SIGNALS: Map<string, number> = new Map(Object.entries(constants.signals));

/** How a run that ended is told in the pod's status. */
export function terminated(
  end: RunEnd,
  run: { startedAt: Time; finishedAt: Time; containerID: string },
  why: { memoryLimitBytes?: number; message?: string },
): Terminated {
  const base = { ...run, signal: SIGNALS.get(end.signal ?? '') };
  if (end.overLimitBytes !== undefined) {
    return {
      ...base,
      exitCode: 137,
      reason: 'OOMKilled',
      message: overLimitWords(end.overLimitBytes, why.memoryLimitBytes ?? 0),
    };
  }
  return {
    ...base,
    exitCode: end.code,
    reason: end.code === 0 ? 'Completed' : 'Error',
    message: why.message,
  };
}

/** How a start that gave no process is told. */
export function neverStarted(
  error: { exitCode: number; message: string },
  now: Time,
): Terminated {
  return {
    exitCode: error.exitCode,
    reason: 'ContainerCannotRun',
    message: error.message,
    startedAt: now,
    finishedAt: now,
  };
}
