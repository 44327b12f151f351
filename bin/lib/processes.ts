import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { execFileSync } from 'node:child_process';
import { Failure } from './failure.ts';

/** A process as it can be found again: a pid alone may have been given to another one meanwhile. */
export interface ProcessIdentity {
  pid: number;
  /** Opaque start time: field 22 of /proc/PID/stat, elsewhere what `ps` prints. */
  started: string;
}

/** Start time of a living process, undefined when there is none (a zombie counts as none). */
function startTime(pid: number): string | undefined {
  if (existsSync('/proc/self/stat')) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  try {
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    }).trim();
    return started || undefined;
  } catch {
    return undefined;
  }
}

export function identify(pid: number): ProcessIdentity | undefined {
  const started = startTime(pid);
  return started === undefined ? undefined : { pid, started };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return startTime(identity.pid) === identity.started;
}

function signalGroup(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(-pid, signal);
  } catch {
    try {
      process.kill(pid, signal);
    } catch {
      // It is gone already, which is what was wanted.
    }
  }
}

/** Asks a process group to end and, when it does not within the time, makes it. */
export async function endProcess(
  identity: ProcessIdentity,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<void> {
  if (!isAlive(identity)) return;
  signalGroup(identity.pid, signal);
  const deadline = Date.now() + graceMs;
  while (isAlive(identity)) {
    if (Date.now() > deadline) {
      signalGroup(identity.pid, 'SIGKILL');
      return;
    }
    await delay(50);
  }
}

/** A part of Ghostlight that runs as a process of its own, with its log in a file. */
export interface Service {
  name: string;
  identity: ProcessIdentity;
  logFile: string;
  /** Resolves when the process ended, with what it said last. */
  ended: Promise<{
    code: number | undefined;
    signal: NodeJS.Signals | undefined;
  }>;
  stop(signal?: NodeJS.Signals, graceMs?: number): Promise<void>;
}

export interface ServiceOptions {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  uid?: number;
  gid?: number;
}

/** Starts a process in a group of its own, so that Ctrl-C reaches it in the right order only. */
export function startService(options: ServiceOptions): Service {
  const child: ChildProcess = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    uid: options.uid,
    gid: options.gid,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(options.logFile, { flags: 'a' });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const ended = new Promise<{
    code: number | undefined;
    signal: NodeJS.Signals | undefined;
  }>(resolve => {
    child.once('error', error => {
      log.write(`${error.message}\n`);
      resolve({ code: 127, signal: undefined });
    });
    child.once('exit', (code, signal) =>
      resolve({ code: code ?? undefined, signal: signal ?? undefined }),
    );
  });
  const pid = child.pid;
  const identity = pid === undefined ? undefined : identify(pid);
  if (!identity) {
    throw new Failure(
      `${options.name} ended as soon as it was started.`,
      `What it said is in ${options.logFile}.`,
    );
  }
  return {
    name: options.name,
    identity,
    logFile: options.logFile,
    ended,
    async stop(signal = 'SIGTERM', graceMs = 15_000) {
      await endProcess(identity, signal, graceMs);
      await ended;
    },
  };
}

/** The last lines of a log, for a person who wants to know why. */
export function lastLines(file: string, count: number): string {
  if (!existsSync(file)) return '';
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(-count)
    .join('\n');
}

/** Waits until `ready` holds. Fails at once when the process ends first, or with advice when the time is over. */
export async function untilReady(
  service: Service,
  ready: () => Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  let over:
    | { code: number | undefined; signal: NodeJS.Signals | undefined }
    | undefined;
  void service.ended.then(end => {
    over = end;
  });
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (over) {
      throw new Failure(
        `${service.name} ended (${
          over.signal ?? `exit code ${over.code}`
        }) before it was ready. It said last:\n${lastLines(
          service.logFile,
          15,
        )}`,
        `The whole log is in ${service.logFile}.`,
      );
    }
    if (await ready().catch(() => false)) return;
    if (Date.now() > deadline) {
      throw new Failure(
        `${service.name} was not ready within ${Math.round(
          timeoutMs / 1000,
        )} s. It said last:\n${lastLines(service.logFile, 15)}`,
        `The whole log is in ${service.logFile}. On a slow machine, run this again: what was done is kept.`,
      );
    }
    await delay(100);
  }
}

/** Runs a command to its end; its output goes to a file. */
export async function runToEnd(
  options: ServiceOptions,
  advice: string,
): Promise<void> {
  const service = startService(options);
  const { code, signal } = await service.ended;
  if (code !== 0) {
    throw new Failure(
      `${options.name} failed (${
        signal ?? `exit code ${code}`
      }). It said last:\n${lastLines(options.logFile, 20)}`,
      advice,
    );
  }
}
