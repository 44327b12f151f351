import { z } from 'zod';
import { ApiError } from '../../api-error.ts';
import type { Clock, KubeObject, LogQuery, PodLogs } from '../../types.ts';
import type { ContainerLog } from './container-log.ts';
import { LogFiles } from './log-files.ts';
import { LogReader } from './log-reader.ts';

const statusSchema = z.looseObject({
  containerStatuses: z
    .array(
      z.looseObject({
        name: z.string(),
        restartCount: z.number(),
        state: z.looseObject({
          waiting: z.looseObject({ reason: z.string().optional() }).optional(),
        }),
        lastState: z
          .looseObject({ terminated: z.unknown().optional() })
          .optional(),
      }),
    )
    .min(1),
});

/** Finds the log of a pod's container: the one being written, or the files of one that ended. */
export class PodLogRegistry implements PodLogs {
  readonly #dataDir: string;
  readonly #clock: Clock;
  /** By pod uid and restart. */
  readonly #live = new Map<string, ContainerLog>();

  constructor(options: { dataDir: string; clock: Clock }) {
    this.#dataDir = options.dataDir;
    this.#clock = options.clock;
  }

  files(pod: KubeObject): LogFiles {
    return new LogFiles(this.#dataDir, pod.metadata);
  }

  /** Returns the function that forgets it again. */
  writing(pod: KubeObject, log: ContainerLog): () => void {
    const key = `${pod.metadata.uid}/${log.restart}`;
    this.#live.set(key, log);
    return () => {
      this.#live.delete(key);
    };
  }

  async *read(pod: KubeObject, query: LogQuery): AsyncGenerator<string> {
    const restart = await this.#restartOf(pod, query.previous);
    const { uid } = pod.metadata;
    const reader = new LogReader(
      this.files(pod),
      restart,
      this.#live.get(`${uid}/${restart}`),
    );
    yield* reader.read({
      follow: query.follow && !query.previous,
      tailLines: query.tailLines,
      since: this.#since(query),
      timestamps: query.timestamps,
      limitBytes: query.limitBytes,
      signal: query.signal,
    });
  }

  /** Which run of the container is meant. */
  async #restartOf(pod: KubeObject, previous: boolean): Promise<number> {
    const { name } = pod.metadata;
    const parsed = statusSchema.safeParse(pod.status);
    if (!parsed.success) {
      throw new ApiError(
        'BadRequest',
        `pod "${name}" has not started: it has no log yet`,
      );
    }
    const [{ name: container, restartCount, state, lastState }] =
      parsed.data.containerStatuses;
    if (state.waiting && lastState?.terminated) {
      // Between two runs the last one is both: the latest, and the previous that ended.
      const written = await this.files(pod).generations(restartCount);
      return written.length > 0 ? restartCount : restartCount - 1;
    }
    if (previous && restartCount === 0) {
      throw new ApiError(
        'BadRequest',
        `previous terminated container "${container}" in pod "${name}" not found`,
      );
    }
    if (state.waiting) {
      throw new ApiError(
        'BadRequest',
        `container "${container}" in pod "${name}" is waiting to start: ${
          state.waiting.reason ?? 'ContainerCreating'
        }`,
      );
    }
    return previous ? restartCount - 1 : restartCount;
  }

  #since({ sinceSeconds, sinceTime }: LogQuery): Date | undefined {
    if (sinceSeconds !== undefined) {
      return new Date(this.#clock.now().getTime() - sinceSeconds * 1000);
    }
    if (sinceTime === undefined) return undefined;
    const since = new Date(sinceTime);
    if (Number.isNaN(since.getTime())) {
      throw new ApiError(
        'BadRequest',
        `sinceTime "${sinceTime}" is not a time: use RFC 3339, such as 2026-01-31T12:00:00Z`,
      );
    }
    return since;
  }
}
