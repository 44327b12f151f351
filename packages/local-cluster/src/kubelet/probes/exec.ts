import type { ProcessGuard } from '../processes/process-guard.ts';
import { CannotRunError, startProcess } from '../processes/start-process.ts';
import type { ProbeCheck } from './probe-check.ts';

const SHOWN_OUTPUT_BYTES = 1024;

/** Runs a command as the container would, in a group of its own that is killed when the time is over. */
export function execCheck(options: {
  argv: string[];
  cwd: string;
  env: Record<string, string>;
  guard: ProcessGuard;
}): ProbeCheck {
  return async signal => {
    try {
      const started = await startProcess(options);
      const kill = () => started.signal('SIGKILL');
      signal.addEventListener('abort', kill);
      const output = { text: '' };
      for (const stream of [started.stdout, started.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          if (output.text.length < SHOWN_OUTPUT_BYTES)
            output.text += chunk.toString('utf8', 0, SHOWN_OUTPUT_BYTES);
        });
      }
      const exit = await started.exited;
      signal.removeEventListener('abort', kill);
      const words = signal.aborted
        ? 'did not end in time'
        : `exit code ${exit.code}${
            output.text ? `: ${output.text.trim()}` : ''
          }`;
      return {
        ok: exit.code === 0 && !signal.aborted,
        message: `${options.argv[0]}: ${words}`,
      };
    } catch (error) {
      if (error instanceof CannotRunError)
        return { ok: false, message: error.message };
      throw error;
    }
  };
}
