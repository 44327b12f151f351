import { join } from 'node:path';
import { fingerprint, isCurrent, writeStamp } from './fingerprint.ts';
import { root, yarn } from './paths.ts';
import { runToEnd } from './processes.ts';

/** What ends up in the browser: the app, our plugins that are not backend only, and what they are built with. */
const sources = [
  'yarn.lock',
  'packages/app/{package.json,config.d.ts}',
  'packages/app/{src,public}/**/*',
  'plugins/*/package.json',
  'plugins/*/config.d.ts',
  'plugins/!(*-backend|*-node|*-backend-module-*)/src/**/*',
];

/** Builds the app when its sources changed. Returns what was done. */
export async function buildApp(
  logFile: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const print = fingerprint(sources);
  const stamp = join(root, 'packages/app/dist/.ghostlight-build');
  if (isCurrent(stamp, print)) return 'up to date';
  await runToEnd(
    {
      name: 'Building the app',
      command: process.execPath,
      args: [yarn, 'workspace', 'app', 'build'],
      cwd: root,
      env: { ...env, NODE_ENV: 'production', CI: '' },
      logFile,
    },
    `The whole log is in ${logFile}.`,
  );
  writeStamp(stamp, print);
  return 'built';
}
