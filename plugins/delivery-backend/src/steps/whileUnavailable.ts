import { inWords } from '../service/inWords';
import { DeploymentContext } from './DeploymentContext';

const RETRY_EVERY_MS = 1000;

/**
 * Asks again while the other side does not answer at all, e.g. because it starts at the same time as this backend. What
 * it does answer, errors included, is the answer.
 */
export async function whileUnavailable<T>(
  ctx: Pick<DeploymentContext, 'signal' | 'log' | 'pause'> & {
    times: Pick<DeploymentContext['times'], 'unavailableMs'>;
  },
  what: string,
  ask: () => Promise<T>,
): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += RETRY_EVERY_MS) {
    ctx.signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      if (!isUnavailable(error) || waitedMs >= ctx.times.unavailableMs) {
        throw error;
      }
      if (waitedMs === 0) {
        ctx.log(`${what} does not answer (${inWords(error)}); asking again`);
      }
      await ctx.pause(RETRY_EVERY_MS, ctx.signal);
    }
  }
}

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);

function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  if (error.name === 'ServiceUnavailableError') {
    return true;
  }
  if ('code' in error && NETWORK_CODES.has(String(error.code))) {
    return true;
  }
  if (
    'statusCode' in error &&
    [502, 503, 504].includes(Number(error.statusCode))
  ) {
    return true;
  }
  return isUnavailable(error.cause);
}
