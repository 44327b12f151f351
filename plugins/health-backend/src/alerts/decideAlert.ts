const MINUTE_MS = 60_000;

/** A value that was not known for longer may have been anything: counting begins anew. */
export const GAP_MS = MINUTE_MS;
const MIN_CLEAR_MS = MINUTE_MS;
const MAX_CLEAR_MS = 5 * MINUTE_MS;

/** Since when a value is on one side of its threshold, Unix milliseconds. Survives restarts and other replicas. */
export interface Condition {
  wrongSince?: number;
  rightSince?: number;
  /** When the value was last known. */
  knownAt?: number;
}

export interface Decision {
  condition: Condition;
  action: 'start' | 'resolve' | 'none';
}

/** How long a value must be right again before its alert ends: as long as it had to be wrong, 1 to 5 minutes. */
export function clearMs(forMs: number): number {
  return Math.min(MAX_CLEAR_MS, Math.max(MIN_CLEAR_MS, forMs));
}

/**
 * Whether an alert starts or ends.
 *
 * @remarks
 * It starts when the value has been wrong for `forMs` without a break, and ends when it has been right for
 * {@link clearMs} without a break: a value that swings around its threshold faster than that is one alert, not many.
 * While the value is not known nothing starts and nothing ends; when it was not known for longer than a minute,
 * both begin to count anew.
 */
export function decideAlert(options: {
  condition: Condition;
  isOpen: boolean;
  /** Undefined when the value is not known. */
  wrong: boolean | undefined;
  forMs: number;
  now: number;
}): Decision {
  const { isOpen, wrong, forMs, now } = options;
  if (wrong === undefined) {
    return { condition: options.condition, action: 'none' };
  }
  const { knownAt, wrongSince, rightSince } = options.condition;
  const isContinued = knownAt !== undefined && now - knownAt <= GAP_MS;
  const since = (begun: number | undefined) =>
    isContinued && begun !== undefined ? begun : now;
  if (wrong) {
    const begun = since(wrongSince);
    return {
      condition: { wrongSince: begun, knownAt: now },
      action: !isOpen && now - begun >= forMs ? 'start' : 'none',
    };
  }
  const begun = since(rightSince);
  return {
    condition: { rightSince: begun, knownAt: now },
    action: isOpen && now - begun >= clearMs(forMs) ? 'resolve' : 'none',
  };
}
