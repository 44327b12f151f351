import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const SECOND_MS = 1_000;
const DAY_MS = 86_400 * SECOND_MS;

export interface AlertTimes {
  /** How often each component is evaluated. */
  everyMs: number;
  /** Over how long requests are looked at. */
  overMs: number;
  /** How long alerts that ended are kept. */
  keepMs: number;
}

/** `ghostlight.health.alerts` of the configuration. */
export function readAlertTimes(config: Config): AlertTimes {
  const section = config.getOptionalConfig('ghostlight.health.alerts');
  const read = (key: string, otherwiseMs: number, leastMs: number) => {
    if (!section?.has(key)) {
      return otherwiseMs;
    }
    const ms = durationToMilliseconds(readDurationFromConfig(section, { key }));
    if (ms < leastMs) {
      throw new InputError(
        `ghostlight.health.alerts.${key} is less than ${leastMs / SECOND_MS} s`,
      );
    }
    return ms;
  };
  return {
    everyMs: read('every', 15 * SECOND_MS, SECOND_MS),
    overMs: read('over', 60 * SECOND_MS, 10 * SECOND_MS),
    keepMs: read('keep', 30 * DAY_MS, SECOND_MS),
  };
}
