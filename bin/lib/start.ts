import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { buildApp } from './app-build.ts';
import {
  portalEnvironment,
  startBackend,
  startDevelopment,
} from './backend.ts';
import { startCluster } from './cluster.ts';
import { createExamples } from './examples.ts';
import { Failure, systemCode } from './failure.ts';
import { install, requireRoom } from './install.ts';
import { parseOptions, startHelp } from './options.ts';
import type { StartOptions } from './options.ts';
import { portsFor, requireFree } from './ports.ts';
import {
  accepts,
  removeDatabase,
  ownDatabase,
  startPostgres,
} from './postgres.ts';
import type { Database } from './postgres.ts';
import { lastLines } from './processes.ts';
import type { Service } from './processes.ts';
import { bold, dim, print, seconds, step } from './progress.ts';
import { RunFile } from './run-file.ts';

/** Everything that was started, in the order in which it was: it is stopped the other way round. */
class Started {
  readonly #services: Service[] = [];
  readonly #runFile: RunFile;
  #stopping?: Promise<void>;

  constructor(runFile: RunFile) {
    this.#runFile = runFile;
  }

  get services(): readonly Service[] {
    return this.#services;
  }

  add(service: Service): void {
    this.#services.push(service);
    this.#runFile.add(service.name, service.identity);
    // Ctrl-C came while this one was being started.
    if (this.#stopping) void service.stop('SIGKILL');
  }

  stop(): Promise<void> {
    this.#stopping ??= (async () => {
      for (const service of [...this.#services].reverse()) {
        await service.stop(
          service.name === 'PostgreSQL' ? 'SIGINT' : 'SIGTERM',
        );
      }
      this.#runFile.release();
    })();
    return this.#stopping;
  }
}

async function confirmFresh(options: StartOptions): Promise<void> {
  if (options.yes) return;
  if (!process.stdin.isTTY) {
    throw new Failure(
      '--fresh removes everything in the data folder and asks first, but nobody can answer here.',
      'Add --yes.',
    );
  }
  const lines = createInterface({
    input: process.stdin,
    output: process.stdout,
  });
  const answer = await lines.question(
    `Remove ${options.dataFolder} with its database, repositories and cluster? Type yes: `,
  );
  lines.close();
  if (answer.trim() !== 'yes')
    throw new Failure(
      'Nothing was removed.',
      'Run bin/start without --fresh to keep what is there.',
    );
}

/** Removes what earlier starts made in the data folder. */
function forget(dataFolder: string): void {
  if (!ownDatabase(process.env)) removeDatabase(dataFolder);
  for (const name of [
    'cluster',
    'forge',
    'scaffolder',
    'techdocs',
    'logs',
    'examples.json',
    'postgres-password',
  ]) {
    rmSync(join(dataFolder, name), { recursive: true, force: true });
  }
}

async function databaseStep(
  options: StartOptions,
  port: number,
  log: string,
  started: Started,
): Promise<Database> {
  const own = ownDatabase(process.env);
  if (own) {
    return step('PostgreSQL (yours)', async note => {
      note(`${own.host}:${own.port}`);
      if (!(await accepts(own.host, own.port))) {
        throw new Failure(
          `Nothing answers at ${own.host}:${own.port}.`,
          'Start that PostgreSQL, or unset POSTGRES_HOST to use the embedded one.',
        );
      }
      return own;
    });
  }
  return step('PostgreSQL', async note => {
    const database = await startPostgres({
      dataFolder: options.dataFolder,
      port,
      logFile: log,
      onStarted: service => started.add(service),
    });
    note(`127.0.0.1:${port}`);
    return database;
  });
}

async function run(options: StartOptions): Promise<void> {
  const begun = performance.now();
  const ports = portsFor(options.port);
  const url = `http://localhost:${options.dev ? ports.app : ports.portal}`;
  const logs = (name: string) =>
    join(options.dataFolder, 'logs', `${name}.log`);

  mkdirSync(options.dataFolder, { recursive: true });
  const taken = await RunFile.take(options.dataFolder, url);
  if ('other' in taken) {
    print(
      `Ghostlight runs already: ${bold(taken.other.url)}  ${dim(
        `(process ${taken.other.starter.pid}; end it there with Ctrl-C)`,
      )}`,
    );
    return;
  }
  const started = new Started(taken.own);
  const interrupted = new Promise<'interrupted'>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => resolve('interrupted'));
  });

  try {
    print(`${bold('Ghostlight')} ${dim(options.dataFolder)}`);
    if (taken.left > 0)
      print(
        dim(
          `  ended ${taken.left} processes that an earlier start left behind`,
        ),
      );
    const work = start(options, ports, logs, started, interrupted);
    const outcome = await Promise.race([work, interrupted]);
    if (outcome !== 'interrupted') {
      print(
        `\n  ${bold(url)}  ${dim(
          `ready in ${seconds(
            performance.now() - begun,
          )}. Ctrl-C stops everything.`,
        )}\n`,
      );
      const ended = await Promise.race([
        interrupted,
        ...started.services.map(service => service.ended.then(() => service)),
      ]);
      if (ended !== 'interrupted') {
        throw new Failure(
          `${ended.name} ended. It said last:\n${lastLines(ended.logFile, 20)}`,
          `Everything else is being stopped. The whole log is in ${ended.logFile}; run bin/start again, your data is kept.`,
        );
      }
    } else {
      // The work in progress fails as its processes end; that is no news.
      work.catch(() => {});
    }
  } finally {
    if (started.services.length > 0) print(dim('  stopping ...'));
    await started.stop();
  }
}

async function start(
  options: StartOptions,
  ports: ReturnType<typeof portsFor>,
  logs: (name: string) => string,
  started: Started,
  interrupted: Promise<'interrupted'>,
): Promise<void> {
  await step('Check', async note => {
    if (options.fresh) await confirmFresh(options);
    requireRoom(options.dataFolder, 512 * 1024 ** 2);
    await requireFree(ports.portal, 'the portal', options.port);
    await requireFree(ports.cluster, 'the local cluster', options.port);
    if (!ownDatabase(process.env))
      await requireFree(ports.postgres, 'PostgreSQL', options.port);
    if (options.dev) await requireFree(ports.app, 'the app', options.port);
    note(`Node ${process.version}, ${process.platform}-${process.arch}`);
  });
  await step('Dependencies', async note => note(await install()));
  if (options.fresh) {
    await step('Fresh', async note => {
      forget(options.dataFolder);
      note(
        ownDatabase(process.env)
          ? 'your own PostgreSQL is left as it is'
          : 'everything is forgotten',
      );
    });
  }
  // Logs, repositories and the cluster's secrets are for whoever started it.
  for (const name of ['logs', 'scaffolder', 'forge', 'cluster']) {
    const folder = join(options.dataFolder, name);
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o700);
  }
  const buildEnvironment = {
    ...process.env,
    GHOSTLIGHT_URL: `http://localhost:${ports.portal}`,
    GHOSTLIGHT_PORT: String(ports.portal),
  };
  const [database, cluster] = await Promise.all([
    databaseStep(options, ports.postgres, logs('postgres'), started),
    step('Local cluster', async note => {
      const access = await startCluster(
        options.dataFolder,
        ports.cluster,
        logs('cluster'),
        service => started.add(service),
      );
      note(`kubectl --kubeconfig ${access.kubeconfig}`);
      return access;
    }),
    options.dev
      ? undefined
      : step('App', async note =>
          note(await buildApp(logs('app-build'), buildEnvironment)),
        ),
  ]);
  const env = portalEnvironment(options.dataFolder, ports, database, cluster);
  await step(options.dev ? 'Backend and app' : 'Backend', async note => {
    const onStarted = (service: Service) => started.add(service);
    await (options.dev
      ? startDevelopment(env, ports, logs, onStarted)
      : startBackend(env, ports.portal, logs('backend'), onStarted));
    note(`log: ${logs('backend')}`);
  });
  if (options.examples) {
    // The portal is of use without them: a failure is told, and everything stays up.
    await step('Example services', async note =>
      note(
        await createExamples(
          `http://localhost:${ports.portal}`,
          options.dataFolder,
          interrupted,
        ),
      ),
    ).catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      print(`\n${error.message}\n${bold(error.advice)}`);
    });
  }
}

async function main(): Promise<number> {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (options.help) {
      print(startHelp);
    } else {
      await run(options);
    }
    return 0;
  } catch (error) {
    if (error instanceof Failure) {
      print(`\n${error.message}\n\n${bold(error.advice)}`);
    } else if (systemCode(error) === 'ENOSPC') {
      print(
        `\nThe disk is full.\n\n${bold('Free some room and run this again.')}`,
      );
    } else {
      print(`\n${error instanceof Error ? error.stack : String(error)}`);
    }
    return 1;
  }
}

void main().then(code => process.exit(code));
