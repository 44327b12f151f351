import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.ts';

/** SHA-256 over names and contents of the files that the patterns match, relative to the repository. */
export function fingerprint(patterns: string[]): string {
  const hash = createHash('sha256');
  const skip = (name: string) => name === 'node_modules' || name === 'dist';
  for (const file of globSync(patterns, {
    cwd: root,
    exclude: path => path.split('/').some(skip),
    withFileTypes: false,
  }).sort()) {
    hash.update(`${file}\0`);
    try {
      hash.update(readFileSync(join(root, file)));
    } catch {
      // A folder, or a file that went away meanwhile: its name is enough.
    }
  }
  return hash.digest('hex');
}

/** True when the stamp file holds this fingerprint. */
export function isCurrent(stamp: string, print: string): boolean {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === print;
}

export function writeStamp(stamp: string, print: string): void {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, print);
}
