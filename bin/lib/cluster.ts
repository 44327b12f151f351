import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answers } from './http.ts';
import { root } from './paths.ts';
import { startService, untilReady } from './processes.ts';
import type { Service } from './processes.ts';

/** How a Kubernetes client reaches the local cluster. */
export interface ClusterAccess {
  url: string;
  httpUrl: string;
  token: string;
  /** PEM, base64. */
  ca: string;
  kubeconfig: string;
}

/** Starts the local cluster and reads the credentials that it wrote. */
export async function startCluster(
  dataFolder: string,
  port: number,
  logFile: string,
  onStarted: (service: Service) => void,
): Promise<ClusterAccess> {
  const data = join(dataFolder, 'cluster');
  const service = startService({
    name: 'The local cluster',
    command: process.execPath,
    args: [
      '--disable-warning=ExperimentalWarning',
      // Watches make much short-lived garbage: a small nursery keeps the process small.
      '--max-semi-space-size=4',
      join(root, 'packages/local-cluster/src/cli.ts'),
      'start',
      '--data',
      data,
      '--port',
      String(port),
    ],
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: process.env.TMPDIR,
      NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
      // Spares the process the compiler that reads its own sources.
      NODE_COMPILE_CACHE: join(root, '.tools/compile-cache'),
      ...npmSettings(),
    },
    logFile,
  });
  onStarted(service);
  const httpUrl = `http://127.0.0.1:${port}`;
  const kubeconfig = join(data, 'kubeconfig');
  await untilReady(
    service,
    async () => existsSync(kubeconfig) && (await answers(`${httpUrl}/readyz`)),
    30_000,
  );
  return {
    url: `https://127.0.0.1:${port}`,
    httpUrl,
    token: readFileSync(join(data, 'token'), 'utf8').trim(),
    ca: readFileSync(join(data, 'ca.crt')).toString('base64'),
    kubeconfig,
  };
}

/** npm's own settings, which a build command of a service may need; nothing else of this shell reaches the cluster. */
function npmSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([key]) => /^npm_config_/i.test(key)),
  );
}
