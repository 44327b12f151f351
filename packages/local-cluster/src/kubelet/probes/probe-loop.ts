import type { Clock } from '../../types.ts';
import type { Probe } from '../pod-spec.ts';
import { wait } from '../wait.ts';
import type { ProbeCheck, ProbeOutcome } from './probe-check.ts';

/**
 * Until its first success a container is asked at this rhythm, so that it is Ready when it is and not a period later.
 * These extra tries never count as failures: only those at the probe's own rhythm do.
 */
const EAGER_EVERY_MS = 50;
const EAGER_FOR_MS = 15_000;

export interface ProbeEvents {
  /** The probe's verdict changed, after as many equal outcomes in a row as its threshold says. */
  onVerdict(ok: boolean, outcome: ProbeOutcome): void;
  /** A try at the probe's rhythm failed. */
  onFailure(outcome: ProbeOutcome): void;
}

async function tryOnce(
  check: ProbeCheck,
  timeoutMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  const timeout = new AbortController();
  const stop = () => timeout.abort();
  signal.addEventListener('abort', stop);
  const cancel = clock.after(timeoutMs, stop);
  try {
    return await check(timeout.signal);
  } finally {
    cancel();
    signal.removeEventListener('abort', stop);
  }
}

/** Runs one probe until the signal is aborted. */
export async function probeLoop(options: {
  probe: Probe;
  check: ProbeCheck;
  /** Asks faster until the first success: for startup and readiness. */
  eager: boolean;
  clock: Clock;
  signal: AbortSignal;
  events: ProbeEvents;
}): Promise<void> {
  const { probe, check, clock, signal, events } = options;
  const periodMs = probe.periodSeconds * 1000;
  await wait(clock, probe.initialDelaySeconds * 1000, signal);
  const begun = clock.now().getTime();
  let dueAt = begun + (options.eager ? periodMs : 0);
  let eager = options.eager;
  let verdict: boolean | undefined;
  let inARow = 0;
  let last: boolean | undefined;
  while (!signal.aborted) {
    const outcome = await tryOnce(
      check,
      probe.timeoutSeconds * 1000,
      clock,
      signal,
    );
    if (signal.aborted) return;
    const now = clock.now().getTime();
    const onRhythm = now >= dueAt;
    if (onRhythm) dueAt = now + periodMs;
    if (outcome.ok || onRhythm) {
      if (!outcome.ok) events.onFailure(outcome);
      inARow = outcome.ok === last ? inARow + 1 : 1;
      last = outcome.ok;
      const threshold = outcome.ok
        ? probe.successThreshold
        : probe.failureThreshold;
      if (inARow >= threshold && verdict !== outcome.ok) {
        verdict = outcome.ok;
        events.onVerdict(verdict, outcome);
      }
    }
    if (verdict === true || now - begun > EAGER_FOR_MS) eager = false;
    await wait(
      clock,
      eager ? EAGER_EVERY_MS : Math.max(0, dueAt - clock.now().getTime()),
      signal,
    );
  }
}
