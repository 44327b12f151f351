import { Pool } from 'undici';

const WINDOWS = 10;
const WINDOW = 100;

async function askMs(pool: Pool): Promise<number> {
  const startedMs = performance.now();
  const { statusCode, body } = await pool.request({ path: '/', method: 'GET' });
  await body.text();
  if (statusCode !== 200) throw new Error(`status ${statusCode}`);
  return performance.now() - startedMs;
}

/**
 * What a way costs more than another at the median, in milliseconds. One caller, so that nothing queues, and windows in turn,
 * so that whatever else the machine does hits both.
 */
export async function addedAtP50Ms(
  direct: string,
  detour: string,
): Promise<number> {
  const ways = [direct, detour].map(
    url => new Pool(new URL(url).origin, { connections: 1 }),
  );
  // The first request of each pays for the connection.
  await Promise.all(ways.map(askMs));
  const tookMs: number[][] = ways.map(() => []);
  for (let window = 0; window < WINDOWS; window += 1) {
    for (const [i, way] of ways.entries()) {
      for (let n = 0; n < WINDOW; n += 1) tookMs[i].push(await askMs(way));
    }
  }
  await Promise.all(ways.map(way => way.close()));
  const [past, through] = tookMs.map(
    samples => samples.sort((a, b) => a - b)[samples.length >> 1],
  );
  return through - past;
}
