import type { LogEnd } from '@ghostlight/plugin-health-common';

/** When and why a stream ends by itself. */
export function streamEnd(options: {
  expiresAt: Date | undefined;
  now: () => Date;
  stopping: AbortSignal;
}): { signal: AbortSignal; event(): LogEnd; clear(): void } {
  const { expiresAt, now, stopping } = options;
  const expired = new AbortController();
  const timer =
    expiresAt &&
    setTimeout(
      () => expired.abort(),
      Math.max(0, expiresAt.getTime() - now().getTime()),
    );
  return {
    signal: AbortSignal.any([expired.signal, stopping]),
    event: () => ({
      reason: stopping.aborted
        ? 'the server is being restarted'
        : 'the sign-in it began with has expired',
      resume: true,
    }),
    clear: () => clearTimeout(timer),
  };
}
