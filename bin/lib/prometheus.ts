import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './paths.ts';

const unpacked = join(root, '.tools/prometheus');
const programs = join(unpacked, 'usr/bin');

/**
 * The PATH on which the conformance tests find `prometheus` and `promtool`. Where the machine has none, Debian's package is unpacked
 * into .tools/: it isn't installed, so no service is started and no root is needed. Without it those tests are counted as skipped.
 */
export function pathWithPrometheus(): string {
  const path = process.env.PATH ?? '';
  const has = path
    .split(delimiter)
    .some(folder => existsSync(join(folder, 'promtool')));
  if (has) return path;
  if (!existsSync(join(programs, 'promtool'))) unpack();
  return existsSync(join(programs, 'promtool'))
    ? `${path}${delimiter}${programs}`
    : path;
}

function unpack(): void {
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg-deb'))
    return;
  mkdirSync(unpacked, { recursive: true });
  const quietly = { cwd: unpacked, stdio: 'ignore' } as const;
  if (process.getuid?.() === 0)
    spawnSync('/usr/bin/apt-get', ['update', '-qq'], quietly);
  spawnSync('/usr/bin/apt-get', ['download', '-qq', 'prometheus'], quietly);
  const archive = readdirSync(unpacked).find(name => name.endsWith('.deb'));
  if (archive) spawnSync('/usr/bin/dpkg-deb', ['-x', archive, '.'], quietly);
}
