import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { portsFor } from '../../bin/lib/ports.ts';
import {
  type Database,
  removeDatabase,
  startPostgres,
} from '../../bin/lib/postgres.ts';
import { type Service, startService } from '../../bin/lib/processes.ts';
import { type Measure, inRounds, progress } from '../bench.ts';

const root = resolve(import.meta.dirname, '../..');
const PORT = 27407;
const TOKEN = 'bench-token-of-the-health-backend';
const REQUESTS = 100;
const SETTLE_MS = 180_000;

const entityRefs = Array.from(
  { length: 1_000 },
  (_, i) => `component:default/service-${i}`,
);

interface Summary {
  status: string;
  sentence: string;
}

function configOf(worldPort: number, database: Database): object {
  const world = `http://127.0.0.1:${worldPort}`;
  const { host, port, user, password, database: name } = database;
  return {
    app: { title: 'Bench', baseUrl: `http://localhost:${PORT}` },
    backend: {
      baseUrl: `http://localhost:${PORT}`,
      listen: { host: '127.0.0.1', port: PORT },
      auth: {
        externalAccess: [
          { type: 'static', options: { token: TOKEN, subject: 'bench' } },
        ],
      },
      database: {
        client: 'pg',
        pluginDivisionMode: 'schema',
        ensureSchemaExists: true,
        connection: { host, port, user, password, database: name },
      },
    },
    permission: { enabled: false },
    catalog: {
      rules: [{ allow: ['Component'] }],
      processingInterval: { hours: 1 },
    },
    ghostlight: {
      environments: [
        {
          name: 'local',
          tier: 'development',
          cluster: 'local',
          prometheus: { url: `${world}/prometheus` },
        },
      ],
    },
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: 'local',
              url: world,
              authProvider: 'serviceAccount',
              serviceAccountToken: 'bench',
            },
          ],
        },
      ],
    },
  };
}

function startBackend(folder: string): Service {
  return startService({
    name: 'The backend',
    command: process.execPath,
    args: [
      '--require',
      createRequire(join(root, 'package.json')).resolve(
        '@backstage/cli/config/nodeTransform.cjs',
      ),
      join(import.meta.dirname, 'health-backend-process.ts'),
      '--config',
      join(folder, 'app-config.json'),
    ],
    cwd: join(root, 'packages/backend'),
    env: { ...process.env, NODE_ENV: 'development' },
    logFile: join(folder, 'backend.log'),
  });
}

async function summaries(): Promise<Record<string, Summary>> {
  const response = await fetch(
    `http://127.0.0.1:${PORT}/api/health/summaries`,
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${TOKEN}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ entityRefs }),
    },
  );
  if (!response.ok) {
    throw new Error(`summaries: ${response.status} ${await response.text()}`);
  }
  return response.json();
}

/** All components are in the catalog, run, and are measured: what is answered from then on is the whole answer. */
async function settled(backend: Service): Promise<void> {
  const deadline = Date.now() + SETTLE_MS;
  for (;;) {
    const answer = await summaries().catch(() => ({}));
    const whole = Object.values(answer).filter(({ sentence }) =>
      /2 of 2 replicas ready, .* errors, p95 /.test(sentence),
    );
    if (whole.length === entityRefs.length) return;
    if (Date.now() > deadline) {
      throw new Error(
        `${whole.length} of 1,000 summaries were whole in time: see ${backend.logFile}`,
      );
    }
    await delay(500);
  }
}

/** The 95th percentile of a hundred requests, one after the other, as one person's list asks them. */
async function p95(): Promise<number> {
  const tookMs: number[] = [];
  for (let i = 0; i < REQUESTS; i += 1) {
    const begun = performance.now();
    await summaries();
    tookMs.push(performance.now() - begun);
  }
  return tookMs.toSorted((a, b) => a - b)[Math.ceil(REQUESTS * 0.95) - 1];
}

/** Health of 1,000 components over HTTP: catalog on PostgreSQL, 2,000 pods and a Prometheus in another process. */
export async function measure(): Promise<Measure[]> {
  progress('health of 1,000 components');
  const folder = mkdtempSync(join(tmpdir(), 'bench-health-'));
  const world = fork(join(import.meta.dirname, 'health-world-process.ts'));
  let postgres: Service | undefined;
  let backend: Service | undefined;
  try {
    const [worldPort] = await once(world, 'message');
    const database = await startPostgres({
      dataFolder: folder,
      port: portsFor(PORT).postgres,
      logFile: join(folder, 'postgres.log'),
      throwAway: true,
      onStarted: service => {
        postgres = service;
      },
    });
    writeFileSync(
      join(folder, 'app-config.json'),
      JSON.stringify(configOf(worldPort, database)),
    );
    backend = startBackend(folder);
    await settled(backend);
    return [
      {
        name: 'health of 1,000 components, p95',
        unit: 'ms',
        samples: await inRounds(3, p95),
        limit: { atMost: 300 },
        note: 'POST /summaries; catalog on PostgreSQL, 2,000 pods, metrics refreshed every 5 s',
      },
    ];
  } finally {
    await backend?.stop();
    await postgres?.stop('SIGINT');
    const ended = once(world, 'exit');
    world.disconnect();
    await ended;
    removeDatabase(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}
