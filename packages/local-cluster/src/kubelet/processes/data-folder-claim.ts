import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ProcessTable } from './process-table.ts';

const ownerSchema = z.object({ pid: z.number(), identity: z.string() });

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function livingOwner(path: string, table: ProcessTable): number | undefined {
  let content: unknown;
  try {
    content = JSON.parse(readText(path) ?? '');
  } catch {
    return undefined; // None, or torn by the crash that ended its writer.
  }
  const owner = ownerSchema.safeParse(content);
  return owner.success && table.identity(owner.data.pid) === owner.data.identity
    ? owner.data.pid
    : undefined;
}

/**
 * One cluster at a time may end the orphans of a data folder, or two would end each other's pods.
 * `clusterId` is the folder's for good.
 * @throws Error naming the process that has it
 */
export function claimDataFolder(
  dataDir: string,
  table: ProcessTable,
): { clusterId: string; release(): void } {
  mkdirSync(dataDir, { recursive: true });
  const ownerPath = join(dataDir, 'kubelet.json');
  const owner = livingOwner(ownerPath, table);
  if (owner !== undefined) {
    throw new Error(
      `${dataDir} is in use by process ${owner}: stop that cluster first, or choose another --data folder`,
    );
  }
  writeFileSync(
    ownerPath,
    JSON.stringify({
      pid: process.pid,
      identity: table.identity(process.pid) ?? '',
    }),
  );
  const idPath = join(dataDir, 'cluster-id');
  let clusterId = readText(idPath)?.trim();
  if (!clusterId) {
    clusterId = randomUUID();
    writeFileSync(idPath, clusterId);
  }
  return { clusterId, release: () => rmSync(ownerPath, { force: true }) };
}
