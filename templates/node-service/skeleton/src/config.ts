const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof LEVELS)[number];

export interface Config {
  port: number;
  logLevel: Level;
  shutdownDelayMs: number;
  shutdownTimeoutMs: number;
}

/** Everything the environment decides, checked once. Throws with the name of the variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  return {
    port: wholeNumber(env, 'PORT', 8080, 65_535),
    logLevel: level(env.LOG_LEVEL ?? 'info'),
    shutdownDelayMs: wholeNumber(env, 'SHUTDOWN_DELAY_MS', 0, 600_000),
    shutdownTimeoutMs: wholeNumber(env, 'SHUTDOWN_TIMEOUT_MS', 20_000, 600_000),
  };
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, otherwise: number, max: number): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  if (!/^\d+$/.test(text) || Number(text) > max) {
    throw new Error(`${name} must be a whole number from 0 to ${max}, not "${text}"`);
  }
  return Number(text);
}

function level(text: string): Level {
  const found = LEVELS.find(known => known === text);
  if (!found) throw new Error(`LOG_LEVEL must be one of ${LEVELS.join(', ')}, not "${text}"`);
  return found;
}
