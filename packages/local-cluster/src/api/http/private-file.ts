import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file that only this user can read, whole or not at all. */
export function writePrivate(
  path: string,
  content: string,
  mode = 0o600,
): void {
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, content, { mode });
  renameSync(draft, path);
}
