import { existsSync, mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.ts';
import { fingerprint, isCurrent, writeStamp } from './fingerprint.ts';
import { root, yarn } from './paths.ts';
import { runToEnd } from './processes.ts';

const neededBytes = 4 * 1024 ** 3;

/** @throws Failure when there is less room than a first start needs. */
export function requireRoom(folder: string, bytes = neededBytes): void {
  const disk = statfsSync(folder);
  const free = disk.bavail * disk.bsize;
  if (free < bytes) {
    throw new Failure(
      `The disk is almost full: ${(free / 1024 ** 3).toFixed(
        1,
      )} GiB free where ${(bytes / 1024 ** 3).toFixed(1)} GiB are needed.`,
      'Free some room and run this again.',
    );
  }
}

/** Installs dependencies with the carried yarn and the frozen lock file, when they changed. Returns what was done. */
export async function install(): Promise<string> {
  const print = fingerprint([
    'yarn.lock',
    '.yarnrc.yml',
    'package.json',
    'packages/*/package.json',
    'plugins/*/package.json',
  ]);
  const stamp = join(root, 'node_modules/.ghostlight-install');
  if (isCurrent(stamp, print)) return 'up to date';
  if (!existsSync(join(root, 'node_modules'))) requireRoom(root);
  const logFile = join(root, '.tools/install.log');
  mkdirSync(join(root, '.tools'), { recursive: true });
  await runToEnd(
    {
      name: 'Installing dependencies',
      command: process.execPath,
      args: [yarn, 'install', '--immutable'],
      cwd: root,
      env: {
        ...process.env,
        YARN_ENABLE_PROGRESS_BARS: '0',
        YARN_ENABLE_TELEMETRY: '0',
        NODE_OPTIONS: '',
      },
      logFile,
    },
    `The whole log is in ${logFile}. When it speaks of the lock file, package.json was changed without running yarn install; when of the network, check the npm registry setting.`,
  );
  writeStamp(stamp, print);
  return 'installed';
}
