import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { ProcessGuard } from './process-guard.ts';

/** Output that a stray grandchild holds open is given up on after this time. */
const OUTPUT_CLOSES_WITHIN_MS = 500;

/** The program could not be started at all; the message says why. */
export class CannotRunError extends Error {
  /** As a shell would exit: 127 not found, 126 not executable. */
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.name = 'CannotRunError';
    this.exitCode = exitCode;
  }
}

export interface Exit {
  /** 128 + the signal's number when a signal ended it. */
  code: number;
  signal?: string;
}

/** A process that leads its own process group. */
export interface StartedProcess {
  pid: number;
  stdout: Readable;
  stderr: Readable;
  /** Resolves when the process ended, what was left of its group was killed and its output is complete. */
  exited: Promise<Exit>;
  /** To the whole group. */
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
}

function describeFailure(error: Error, program: string, cwd: string) {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' && !existsSync(cwd)) {
    return new CannotRunError(`working directory ${cwd} does not exist`, 128);
  }
  if (code === 'ENOENT') {
    return new CannotRunError(
      `exec: "${program}": executable file not found in $PATH`,
      127,
    );
  }
  if (code === 'EACCES') {
    return new CannotRunError(`exec: "${program}": permission denied`, 126);
  }
  return new CannotRunError(`exec: "${program}": ${error.message}`, 128);
}

function exitOf(code: number | null, signal: NodeJS.Signals | null): Exit {
  return signal === null
    ? { code: code ?? 255 }
    : { code: 128 + constants.signals[signal], signal };
}

export function signalGroup(
  groupId: number,
  name: 'SIGTERM' | 'SIGKILL',
): void {
  try {
    process.kill(-groupId, name);
  } catch {
    // ESRCH: nobody is left in the group, which is what the caller wanted.
  }
}

function ended(child: ChildProcess, groupId: number): Promise<Exit> {
  return new Promise(resolve => {
    let exit: Exit = { code: 255 };
    let giveUp: NodeJS.Timeout | undefined;
    child.once('exit', (code, signal) => {
      exit = exitOf(code, signal);
      signalGroup(groupId, 'SIGKILL');
      giveUp = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, OUTPUT_CLOSES_WITHIN_MS);
    });
    // After 'exit', once nobody holds the output any more.
    child.once('close', () => {
      clearTimeout(giveUp);
      resolve(exit);
    });
  });
}

const asError = (error: unknown) =>
  error instanceof Error ? error : new Error(String(error));

/**
 * Starts argv without a shell, as the leader of a new process group which the guard ends if this process dies.
 * @throws CannotRunError
 */
export async function startProcess(options: {
  argv: string[];
  cwd: string;
  env: Record<string, string>;
  guard: ProcessGuard;
}): Promise<StartedProcess> {
  const { argv, cwd, env, guard } = options;
  const [program, ...args] = argv;
  if (!program) throw new CannotRunError('the command is empty', 128);
  let child;
  try {
    child = spawn(program, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    // Node refuses by itself what no system call could take, such as a NUL byte in an argument.
    throw describeFailure(asError(error), program, cwd);
  }
  const { pid, stdout, stderr } = child;
  if (pid === undefined) {
    const [error] = await once(child, 'error');
    throw describeFailure(asError(error), program, cwd);
  }
  guard.add(pid);
  const exited = ended(child, pid).finally(() => guard.remove(pid));
  return {
    pid,
    stdout,
    stderr,
    exited,
    signal: name => signalGroup(pid, name),
  };
}
