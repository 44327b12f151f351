import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Failure } from './failure.ts';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The path of a Chromium for the browser tests. As root on Debian it is installed when missing. */
export function findChromium(): string {
  const wished = process.env.CHROMIUM;
  if (wished) {
    if (existsSync(wished)) return wished;
    throw new Failure(
      `CHROMIUM names ${wished}, which is not there.`,
      'Set it to the path of a Chromium or Chrome.',
    );
  }
  const found = places.find(place => existsSync(place));
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
    spawnSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
      { stdio: 'ignore', env },
    );
    if (existsSync('/usr/bin/chromium')) return '/usr/bin/chromium';
  }
  throw new Failure(
    'The browser tests need Chromium, and there is none.',
    'Debian or Ubuntu: sudo apt-get install chromium. Elsewhere install Chrome or Chromium and set CHROMIUM to its path. Or leave them out: bin/test --only unit.',
  );
}
