import { setTimeout } from 'node:timers/promises';

/** Resolves after `ms`, or at once when aborted. Does not keep the process alive. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal, ref: false });
  } catch {
    // Aborted: nothing to wait for.
  }
}
