import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { findChromium } from './chromium.ts';
import { Failure } from './failure.ts';
import { root, yarn } from './paths.ts';
import { startPostgres } from './postgres.ts';
import { pathWithPrometheus } from './prometheus.ts';

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

export interface TestContext {
  /** Throw-away folder of this run. */
  folder: string;
  /** Reports and screenshots that are kept. */
  results: string;
  /** Runs when all parts are done. */
  defer(close: () => Promise<void>): void;
}

export interface TestPart {
  name: string;
  what: string;
  run(context: TestContext): Promise<Totals>;
}

/** Runs a command with its output on the screen; resolves with the exit code. */
function run(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}

/** A check that as a whole passes or fails. */
async function check(
  command: string,
  args: string[],
  env?: NodeJS.ProcessEnv,
): Promise<Totals> {
  const code = await run(command, args, env);
  return code === 0
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0 };
}

const sum = (all: Totals[]): Totals =>
  all.reduce(
    (a, b) => ({
      passed: a.passed + b.passed,
      failed: a.failed + b.failed,
      skipped: a.skipped + b.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );

const bin = (name: string) => join(root, 'node_modules/.bin', name);

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}

/** One throw-away PostgreSQL for all parts that need one. */
let databaseUrl: Promise<string> | undefined;
function testDatabase(context: TestContext): Promise<string> {
  databaseUrl ??= (async () => {
    if (process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING) {
      return process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
    }
    const database = await startPostgres({
      dataFolder: context.folder,
      port: await freePort(),
      logFile: join(context.folder, 'postgres.log'),
      throwAway: true,
      onStarted: service => context.defer(() => service.stop('SIGINT')),
    });
    return `postgres://${database.user}:${database.password}@${database.host}:${database.port}/${database.database}`;
  })();
  return databaseUrl;
}

interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numRuntimeErrorTestSuites: number;
}

/** Jest over all Backstage packages. */
async function jest(context: TestContext): Promise<Totals> {
  const report = join(context.results, 'jest.json');
  rmSync(report, { force: true });
  const code = await run(
    process.execPath,
    [
      yarn,
      'backstage-cli',
      'repo',
      'test',
      '--ci',
      '--maxWorkers=2',
      '--json',
      `--outputFile=${report}`,
    ],
    {
      CI: 'true',
      NODE_OPTIONS: '--max-old-space-size=6144',
      BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING: await testDatabase(
        context,
      ),
    },
  );
  if (!existsSync(report))
    throw new Failure(
      'Jest ended without a report.',
      'Read what it printed above.',
    );
  const result: JestReport = JSON.parse(readFileSync(report, 'utf8'));
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return {
    passed: result.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: result.numPendingTests,
  };
}

/** Node's own test runner over files that are no Backstage packages. Prints as it goes, counts from a TAP report. */
async function nodeTests(
  context: TestContext,
  name: string,
  patterns: string[],
  env?: NodeJS.ProcessEnv,
  concurrency = 2,
): Promise<Totals> {
  const report = join(context.results, `${name}.tap`);
  const code = await run(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--test',
      `--test-concurrency=${concurrency}`,
      '--test-timeout=300000',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${report}`,
      ...patterns,
    ],
    env,
  );
  const tap = existsSync(report) ? readFileSync(report, 'utf8') : '';
  const count = (word: string) =>
    Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  const failed = count('fail') + count('cancelled');
  return {
    passed: count('pass'),
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: count('skipped') + count('todo'),
  };
}

/** Starts a portal of its own from nothing, as a person does, and looks at it with a real browser. */
async function browserTests(context: TestContext): Promise<Totals> {
  const chromium = findChromium();
  const data = join(context.folder, 'portal');
  const port = 27107;
  const portal = spawn(
    join(root, 'bin/start'),
    ['--data', data, '--port', String(port)],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(portal, 'exit');
  context.defer(async () => {
    portal.kill('SIGTERM');
    await ended;
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    portal.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk);
      said += chunk.toString();
      if (said.includes('Ctrl-C stops everything')) resolve();
    });
    void ended.then(() =>
      reject(
        new Failure(
          'bin/start ended before the portal was ready.',
          'Read what it said above.',
        ),
      ),
    );
  });
  return nodeTests(
    context,
    'browser',
    ['e2e/*.test.ts'],
    {
      CHROMIUM: chromium,
      GHOSTLIGHT_URL: `http://localhost:${port}`,
      GHOSTLIGHT_DATA: data,
      GHOSTLIGHT_SCREENSHOTS: join(context.results, 'screenshots'),
    },
    1,
  );
}

export const parts: TestPart[] = [
  {
    name: 'format',
    what: 'Prettier',
    run: () => check(bin('prettier'), ['--check', '--log-level=warn', '.']),
  },
  {
    name: 'lint',
    what: 'ESLint, and who may import whom',
    run: async () =>
      sum([
        await check(process.execPath, [join(root, 'bin/lib/house-check.ts')]),
        await check(process.execPath, [
          yarn,
          'backstage-cli',
          'repo',
          'lint',
          '--max-warnings',
          '0',
        ]),
      ]),
  },
  {
    name: 'types',
    what: 'TypeScript',
    run: () =>
      check(bin('tsc'), [
        '--noEmit',
        '--emitDeclarationOnly',
        'false',
        '--incremental',
        'false',
      ]),
  },
  {
    name: 'cluster',
    what: 'the local cluster, against real processes, kubectl and Prometheus',
    run: context =>
      nodeTests(
        context,
        'cluster',
        ['packages/local-cluster/src/**/*.test.ts'],
        { PATH: pathWithPrometheus() },
      ),
  },
  {
    name: 'scripts',
    what: 'templates, examples, start and lint scripts',
    run: context =>
      nodeTests(context, 'scripts', [
        'templates/*/test/*.test.ts',
        'examples/*/test/*.test.ts',
        'bin/lib/*.test.ts',
        'bench/*.test.ts',
      ]),
  },
  { name: 'unit', what: 'Jest on a real PostgreSQL', run: jest },
  {
    name: 'browser',
    what: 'bin/start from nothing, then each screen in Chromium',
    run: browserTests,
  },
];
