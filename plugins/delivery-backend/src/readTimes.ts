import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { DeploymentTimes } from './steps/DeploymentContext';

const MINUTE_MS = 60_000;

/** The limits of `ghostlight.delivery`. */
export function readTimes(config: Config): DeploymentTimes {
  const section = config.getOptionalConfig('ghostlight.delivery');
  const read = (key: string, otherwiseMs: number) =>
    section?.has(key)
      ? durationToMilliseconds(readDurationFromConfig(section, { key }))
      : otherwiseMs;
  return {
    buildTimeoutMs: read('buildTimeout', 10 * MINUTE_MS),
    rolloutTimeoutMs: read('rolloutTimeout', 2 * MINUTE_MS),
    unavailableMs: 30_000,
  };
}
