import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What marks the processes of this data folder's cluster, the same in all its lives. */
export function keepClusterId(dataDir: string): string {
  const path = join(dataDir, 'cluster-id');
  try {
    const known = readFileSync(path, 'utf8').trim();
    if (known) return known;
  } catch {
    // The folder is new.
  }
  const made = randomUUID();
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(path, made);
  return made;
}
