import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterAccess } from './cluster.ts';
import { answers } from './http.ts';
import { root, yarn } from './paths.ts';
import type { Ports } from './ports.ts';
import type { Database } from './postgres.ts';
import { startService, untilReady } from './processes.ts';
import type { Service } from './processes.ts';

/** What app-config.yaml asks the environment for. */
export function portalEnvironment(
  dataFolder: string,
  ports: Ports,
  database: Database,
  cluster: ClusterAccess,
): NodeJS.ProcessEnv {
  const secretFile = join(dataFolder, 'backend-secret');
  if (!existsSync(secretFile))
    writeFileSync(secretFile, randomBytes(32).toString('base64'), {
      mode: 0o600,
    });
  return {
    ...process.env,
    NODE_ENV: 'development',
    GHOSTLIGHT_URL: `http://localhost:${ports.portal}`,
    GHOSTLIGHT_PORT: String(ports.portal),
    GHOSTLIGHT_DATA: dataFolder,
    GHOSTLIGHT_CLUSTER_URL: cluster.url,
    GHOSTLIGHT_CLUSTER_HTTP_URL: cluster.httpUrl,
    GHOSTLIGHT_CLUSTER_TOKEN: cluster.token,
    GHOSTLIGHT_CLUSTER_CA: cluster.ca,
    POSTGRES_HOST: database.host,
    POSTGRES_PORT: String(database.port),
    POSTGRES_USER: database.user,
    POSTGRES_PASSWORD: database.password,
    POSTGRES_DB: database.database,
    BACKEND_SECRET: readFileSync(secretFile, 'utf8'),
  };
}

/** Starts the backend, which serves the built portal, and waits until each of its plugins is ready. */
export async function startBackend(
  env: NodeJS.ProcessEnv,
  portal: number,
  logFile: string,
  onStarted: (service: Service) => void,
): Promise<void> {
  const service = startService({
    name: 'The backend',
    command: process.execPath,
    args: [
      '--disable-warning=ExperimentalWarning',
      '--disable-warning=DEP0040',
      '--require',
      join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
      join(root, 'packages/backend/src/index.ts'),
      '--config',
      join(root, 'app-config.yaml'),
      ...(existsSync(join(root, 'app-config.local.yaml'))
        ? ['--config', join(root, 'app-config.local.yaml')]
        : []),
    ],
    cwd: join(root, 'packages/backend'),
    env: { ...env, NODE_COMPILE_CACHE: join(root, '.tools/compile-cache') },
    logFile,
  });
  onStarted(service);
  const base = `http://127.0.0.1:${portal}`;
  await untilReady(
    service,
    async () =>
      (await answers(`${base}/.backstage/health/v1/readiness`)) &&
      (await answers(`${base}/`)),
    120_000,
  );
}

/** For --dev: the backend restarts and the app reloads when a file changes. */
export async function startDevelopment(
  env: NodeJS.ProcessEnv,
  ports: Ports,
  logs: (name: string) => string,
  onStarted: (service: Service) => void,
): Promise<void> {
  const appUrl = `http://localhost:${ports.app}`;
  const configured = {
    ...env,
    APP_CONFIG_app_baseUrl: JSON.stringify(appUrl),
    APP_CONFIG_backend_cors_origin: JSON.stringify(appUrl),
    APP_CONFIG_backend_cors_credentials: 'true',
  };
  const backend = startService({
    name: 'The backend',
    command: process.execPath,
    args: [
      yarn,
      'workspace',
      'backend',
      'start',
      '--config',
      join(root, 'app-config.yaml'),
    ],
    cwd: root,
    env: configured,
    logFile: logs('backend'),
  });
  const app = startService({
    name: 'The app',
    command: process.execPath,
    args: [
      yarn,
      'workspace',
      'app',
      'start',
      '--config',
      join(root, 'app-config.yaml'),
    ],
    cwd: root,
    env: { ...configured, BROWSER: 'none' },
    logFile: logs('app'),
  });
  onStarted(backend);
  onStarted(app);
  await Promise.all([
    untilReady(
      backend,
      () =>
        answers(
          `http://127.0.0.1:${ports.portal}/.backstage/health/v1/readiness`,
        ),
      180_000,
    ),
    untilReady(app, () => answers(`http://127.0.0.1:${ports.app}/`), 180_000),
  ]);
}
