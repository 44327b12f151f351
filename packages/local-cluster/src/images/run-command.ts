import {
  startProcess,
  CannotRunError,
} from '../kubelet/processes/start-process.ts';
import type { ProcessGuard } from '../kubelet/processes/process-guard.ts';
import { LineSplitter } from '../kubelet/logs/line-splitter.ts';
import { ImageError } from './image-error.ts';

const LONGEST_LINE_BYTES = 16 * 1024;

/**
 * Runs argv (no shell) to its end and hands on its output line by line.
 * @throws ImageError when it cannot be started, does not end in time or fails; the message ends with its last words
 */
export async function runCommand(options: {
  argv: string[];
  cwd: string;
  env: Record<string, string>;
  guard: ProcessGuard;
  timeoutMs: number;
  /** What is being done, for messages: "npm ci". */
  doing: string;
  onLine(line: string): void;
  signal?: AbortSignal;
}): Promise<void> {
  const { doing, timeoutMs, onLine, signal } = options;
  let started;
  try {
    started = await startProcess(options);
  } catch (error) {
    if (!(error instanceof CannotRunError)) throw error;
    throw new ImageError(`${doing}: ${error.message}`, { cause: error });
  }
  const said = { last: '' };
  for (const stream of [started.stdout, started.stderr]) {
    const splitter = new LineSplitter(LONGEST_LINE_BYTES);
    const hand = (lines: Buffer[]) => {
      for (const line of lines) {
        const text = line.toString();
        if (text.trim()) said.last = text.trim();
        onLine(text);
      }
    };
    stream.on('data', (chunk: Buffer) => hand(splitter.push(chunk)));
    stream.on('close', () => hand(splitter.end()));
  }
  let stopped: string | undefined;
  const kill = (why: string) => {
    stopped ??= why;
    started.signal('SIGKILL');
  };
  const timer = setTimeout(
    () => kill(`did not end within ${timeoutMs / 1000} s and was stopped`),
    timeoutMs,
  );
  const onAbort = () => kill('was stopped with the cluster');
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted) onAbort();
  const exit = await started.exited;
  clearTimeout(timer);
  signal?.removeEventListener('abort', onAbort);
  if (stopped) throw new ImageError(`${doing}: ${stopped}`);
  if (exit.code !== 0) {
    throw new ImageError(
      `${doing}: failed with exit code ${exit.code}${
        said.last ? `: ${said.last}` : ''
      }`,
    );
  }
}
