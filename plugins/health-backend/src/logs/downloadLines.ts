import { LineShaper } from './LineShaper';
import type { LogSource } from './LogSource';
import { mergeByTime } from './mergeByTime';

export interface DownloadOptions {
  source: LogSource;
  sinceTime?: string;
  tail?: number;
  maxBytes: number;
  maxMs: number;
  signal: AbortSignal;
}

/** All lines there are, in order, as text; says at its end when it had to stop before. */
export async function* downloadLines(
  options: DownloadOptions,
): AsyncGenerator<string> {
  const { source, sinceTime, tail, maxBytes, maxMs, signal } = options;
  const pods = await source.pods();
  const limit = AbortSignal.timeout(maxMs);
  const failures: string[] = [];
  const streams = pods.map(({ name }) =>
    noting(
      source.read(name, {
        follow: false,
        sinceTime,
        tailLines: tail,
        signal: AbortSignal.any([signal, limit]),
      }),
      () => failures.push(name),
    ),
  );
  const shaper = new LineShaper();
  let bytes = 0;
  for await (const chunk of mergeByTime(streams)) {
    const { at, pod, text, truncated } = shaper.shape(chunk);
    const line = `${at} ${pod} ${text}${truncated ? ' [line cut]' : ''}\n`;
    bytes += Buffer.byteLength(line);
    if (bytes > maxBytes) {
      yield `[cut here: a download holds at most ${Math.round(
        maxBytes / 1024 / 1024,
      )} MiB, ask for a shorter time]\n`;
      return;
    }
    yield line;
  }
  if (limit.aborted) {
    yield `[cut here: it took longer than ${
      maxMs / 1000
    } s, ask for a shorter time]\n`;
  } else if (failures.length > 0) {
    yield `[not complete: the log of ${failures.join(
      ', ',
    )} could not be read]\n`;
  }
}

async function* noting<T>(
  stream: AsyncIterable<T>,
  onFailure: () => void,
): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch {
    onFailure();
  }
}
