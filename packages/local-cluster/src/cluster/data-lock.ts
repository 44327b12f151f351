import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type ProcessTable,
  processTable,
} from '../kubelet/processes/process-table.ts';

const holderSchema = z.object({ pid: z.number(), identity: z.string() });

function readHolder(file: string) {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // none, or torn by the crash that ended its writer
  }
}

function tryWrite(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      return false;
    throw error;
  }
}

/**
 * Holds a data folder for this process. What a kill -9 left behind is recognised by the start time of the process it names.
 *
 * @returns the release
 * @throws Error that names the process which holds the folder
 */
export function lockDataFolder(
  dataDir: string,
  table: ProcessTable = processTable(),
): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'lock');
  const content = JSON.stringify({
    pid: process.pid,
    identity: table.identity(process.pid) ?? '',
  });
  if (!tryWrite(file, content)) {
    const holder = readHolder(file);
    if (holder && table.identity(holder.pid) === holder.identity) {
      throw new Error(
        `${dataDir} is in use by the local cluster with process id ${holder.pid}: stop that one, or choose another folder with --data`,
      );
    }
    rmSync(file, { force: true });
    if (!tryWrite(file, content)) {
      throw new Error(
        `${dataDir} was taken by another local cluster just now: choose another folder with --data`,
      );
    }
  }
  return () => rmSync(file, { force: true });
}
