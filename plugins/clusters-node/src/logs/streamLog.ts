import type { ClusterHttp } from '../kube/ClusterHttp';
import { splitLines } from '../kube/splitLines';
import type { LogChunk, LogOptions } from '../types';

const DEFAULT_MAX_LINE_BYTES = 16 * 1024;
/** Kubernetes writes the time in front of each line, then a space. */
const TIMESTAMP =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) ?/;
const TIMESTAMP_BYTES = 40;

/** Lines of one pod, as `pods/log` gives them. Never holds more than one line. */
export async function* streamLog(
  http: ClusterHttp,
  podPath: string,
  options: LogOptions,
): AsyncGenerator<LogChunk> {
  const pod = podPath.slice(podPath.lastIndexOf('/') + 1);
  const maxBytes = options.maxLineBytes ?? DEFAULT_MAX_LINE_BYTES;
  const body = await http.stream({
    path: `${podPath}/log`,
    query: {
      follow: options.follow || undefined,
      timestamps: true,
      tailLines: options.tailLines,
      sinceTime: options.sinceTime,
      previous: options.previous || undefined,
      container: options.container,
    },
    signal: options.signal,
  });
  let at = options.sinceTime ?? new Date(0).toISOString();
  try {
    for await (const line of splitLines(body, maxBytes + TIMESTAMP_BYTES)) {
      const stamp = TIMESTAMP.exec(line.text);
      at = stamp ? stamp[1] : at;
      const text = stamp ? line.text.slice(stamp[0].length) : line.text;
      yield { pod, at, text, truncated: line.truncated };
    }
  } catch (error) {
    if (!options.signal.aborted) {
      throw error;
    }
  } finally {
    body.destroy();
  }
}
