import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { launch, openAs } from '../../e2e/browser.ts';
import { answers } from '../../bin/lib/http.ts';
import { portsFor } from '../../bin/lib/ports.ts';
import { removeDatabase, startPostgres } from '../../bin/lib/postgres.ts';
import { startService } from '../../bin/lib/processes.ts';
import type { Service } from '../../bin/lib/processes.ts';
import { progress } from '../bench.ts';
import type { BenchResult } from '../bench.ts';

const root = resolve(import.meta.dirname, '../..');
const rounds = 3;
const port = 27307;
const url = `http://localhost:${port}`;

/** Runs bin/start until it says that the portal is ready. */
async function start(
  checkout: string,
  data: string,
): Promise<{
  tookMs: number;
  backend: number;
  stop(): Promise<void>;
}> {
  const begun = performance.now();
  const child = spawn(
    join(checkout, 'bin/start'),
    ['--data', data, '--port', String(port)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  let said = '';
  await new Promise<void>((ready, fail) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Ctrl-C stops everything')) ready();
    });
    void ended.then(() => fail(new Error(`bin/start ended: ${said}`)));
  });
  const tookMs = performance.now() - begun;
  const record: { services: { name: string; identity: { pid: number } }[] } =
    JSON.parse(readFileSync(join(data, 'run.json'), 'utf8'));
  const backend = record.services.find(({ name }) => name === 'The backend');
  if (!backend) throw new Error('bin/start has no backend');
  return {
    tookMs,
    backend: backend.identity.pid,
    async stop() {
      child.kill('SIGINT');
      await ended;
    },
  };
}

/** Resident memory of a process in MB. */
function residentMb(pid: number): number {
  const [, kb] =
    /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1024;
}

/** Time from a backend's start to its readiness, on a database that it has seen before. */
async function backendReady(
  name: 'bare' | 'ghostlight',
  data: string,
  database: NodeJS.ProcessEnv,
): Promise<number> {
  const files =
    name === 'bare'
      ? ['bench/start/bare-backend.ts', 'bench/start/bare-config.yaml']
      : ['packages/backend/src/index.ts', 'app-config.yaml'];
  const ready = `http://127.0.0.1:${port}/.backstage/health/v1/readiness`;
  const begun = performance.now();
  const service: Service = startService({
    name,
    command: process.execPath,
    args: [
      '--require',
      createRequire(join(root, 'package.json')).resolve(
        '@backstage/cli/config/nodeTransform.cjs',
      ),
      join(root, files[0]),
      '--config',
      join(root, files[1]),
    ],
    cwd: join(root, 'packages/backend'),
    env: {
      ...process.env,
      ...database,
      NODE_ENV: 'development',
      NODE_COMPILE_CACHE: join(root, '.tools/compile-cache'),
      GHOSTLIGHT_URL: url,
      GHOSTLIGHT_PORT: String(port),
      GHOSTLIGHT_DATA: data,
      GHOSTLIGHT_CLUSTER_URL: 'https://127.0.0.1:9',
      GHOSTLIGHT_CLUSTER_HTTP_URL: 'http://127.0.0.1:9',
      GHOSTLIGHT_CLUSTER_TOKEN: 'none',
      // Any certificate: nothing listens there.
      GHOSTLIGHT_CLUSTER_CA: Buffer.from(rootCertificates[0]).toString(
        'base64',
      ),
      BACKEND_SECRET: 'bench',
    },
    logFile: join(data, `${name}.log`),
  });
  try {
    while (!(await answers(ready).catch(() => false))) {
      if (performance.now() - begun > 120_000) {
        throw new Error(`${name} was not ready: see ${service.logFile}`);
      }
      await delay(20);
    }
    return performance.now() - begun;
  } finally {
    await service.stop();
  }
}

/** Our backend and the bare one in turn, in one run; the ratio of each round. */
async function compareBackends(): Promise<Record<string, number[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'ghostlight-bench-'));
  for (const name of ['scaffolder', 'forge']) mkdirSync(join(folder, name));
  let postgres: Service | undefined;
  try {
    const database = await startPostgres({
      dataFolder: folder,
      port: portsFor(port).postgres,
      logFile: join(folder, 'postgres.log'),
      throwAway: true,
      onStarted: service => {
        postgres = service;
      },
    });
    const env = {
      POSTGRES_HOST: database.host,
      POSTGRES_PORT: String(database.port),
      POSTGRES_USER: database.user,
      POSTGRES_PASSWORD: database.password,
      POSTGRES_DB: database.database,
    };
    const samples: Record<string, number[]> = {
      bare: [],
      ghostlight: [],
      ratio: [],
    };
    for (let round = -1; round < rounds; round += 1) {
      progress(`backends, round ${round + 1} of ${rounds}`);
      const bare = await backendReady('bare', folder, env);
      const ghostlight = await backendReady('ghostlight', folder, env);
      if (round < 0) continue;
      samples.bare.push(bare);
      samples.ghostlight.push(ghostlight);
      samples.ratio.push(ghostlight / bare);
    }
    return samples;
  } finally {
    await postgres?.stop('SIGINT');
    removeDatabase(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from the click on the Health tab until its last part is there. */
async function healthTab(): Promise<number[]> {
  const browser = await launch();
  const samples: number[] = [];
  try {
    const page = await openAs(browser, 'Maya', '/', { portal: url });
    for (let round = -1; round < rounds; round += 1) {
      await page.goto(`${url}/catalog/default/component/orders`);
      await page
        .getByText(/replicas ready/)
        .first()
        .waitFor();
      const tab = page.getByRole('link', { name: 'Health', exact: true });
      await tab.waitFor();
      const begun = performance.now();
      await tab.click();
      await page.getByRole('table').first().waitFor();
      await page.getByText('request').first().waitFor();
      if (round >= 0) samples.push(performance.now() - begun);
    }
  } finally {
    await browser.close();
  }
  return samples;
}

/** Milliseconds for a clone without anything installed, with the package caches of this machine as they are. */
async function freshClone(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'ghostlight-clone-'));
  try {
    const checkout = join(folder, 'ghostlight');
    const begun = performance.now();
    execFileSync('git', ['clone', '--quiet', root, checkout]);
    const portal = await start(checkout, join(checkout, '.data'));
    const tookMs = performance.now() - begun;
    await portal.stop();
    removeDatabase(join(checkout, '.data'));
    return tookMs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `yarn bench start`: from a clone to a portal, again, beside the bare default backend, and the Health tab. */
export async function run(): Promise<BenchResult> {
  progress('fresh clone (package cache as it is)');
  const fresh = await freshClone();

  const data = mkdtempSync(join(tmpdir(), 'ghostlight-warm-'));
  const warm: number[] = [];
  const memory: number[] = [];
  let tab: number[] = [];
  try {
    for (let round = -1; round < rounds; round += 1) {
      progress(`warm start, round ${round + 1} of ${rounds}`);
      const portal = await start(root, data);
      try {
        if (round >= 0) warm.push(portal.tookMs);
        if (round === rounds - 1) tab = await healthTab();
        if (round >= 0) memory.push(residentMb(portal.backend));
      } finally {
        await portal.stop();
      }
    }
  } finally {
    removeDatabase(data);
    rmSync(data, { recursive: true, force: true });
  }
  const backends = await compareBackends();
  return {
    measures: [
      {
        name: 'fresh clone to portal with the example system',
        unit: 's',
        samples: [fresh / 1000],
        limit: { atMost: 150 },
        note: 'one round; with the package cache of this machine',
      },
      {
        name: 'warm start',
        unit: 's',
        samples: warm.map(ms => ms / 1000),
        limit: { atMost: 20 },
      },
      {
        name: 'backend ready',
        unit: 's',
        samples: backends.ghostlight.map(ms => ms / 1000),
      },
      {
        name: 'bare default backend ready',
        unit: 's',
        samples: backends.bare.map(ms => ms / 1000),
        note: 'the default app less its Kubernetes, GitHub and guest modules',
      },
      {
        name: 'backend ready / bare',
        unit: 'x',
        samples: backends.ratio,
        limit: { atMost: 1.5 },
      },
      {
        name: 'backend memory',
        unit: 'MB',
        samples: memory,
        limit: { atMost: 900 },
        note: 'resident, after start; the last round after the Health tab was used',
      },
      {
        name: 'Health tab complete after the click',
        unit: 'ms',
        samples: tab,
        limit: { atMost: 1500 },
      },
    ],
  };
}
