import type { LogChunk, LogOptions } from '@ghostlight/plugin-clusters-node';
import { compareTimes } from '../logs/compareTimes';
import type { LogSource } from '../logs/LogSource';
import { podOf } from './views';

interface Replica {
  lines: LogChunk[];
  broken?: string;
  followers: Set<() => void>;
  /** Ends streams, as the end of a container does. */
  ended: number;
}

/** Replicas in memory that write lines when told to. */
export class FakeLogs implements LogSource {
  readonly reads: Array<{ pod: string } & Omit<LogOptions, 'signal'>> = [];
  readonly #replicas = new Map<string, Replica>();
  readonly #listeners = new Set<() => void>();

  add(pod: string, broken?: string): void {
    this.#replicas.set(pod, {
      lines: [],
      broken,
      followers: new Set(),
      ended: 0,
    });
    this.#changed();
  }

  remove(pod: string): void {
    const replica = this.#replicas.get(pod);
    this.#replicas.delete(pod);
    replica?.followers.forEach(wake => wake());
    this.#changed();
  }

  mend(pod: string): void {
    const replica = this.#of(pod);
    replica.broken = undefined;
    this.#changed();
  }

  write(pod: string, at: string, text: string): void {
    const replica = this.#of(pod);
    replica.lines.push({ pod, at, text, truncated: false });
    replica.followers.forEach(wake => wake());
  }

  /** The container ends; its log stays. */
  restart(pod: string): void {
    const replica = this.#of(pod);
    replica.ended += 1;
    replica.followers.forEach(wake => wake());
    this.#changed();
  }

  followers(pod: string): number {
    return this.#replicas.get(pod)?.followers.size ?? 0;
  }

  async pods() {
    return [...this.#replicas.keys()].map(name => podOf(name));
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async *read(pod: string, options: LogOptions): AsyncGenerator<LogChunk> {
    const { signal, ...rest } = options;
    this.reads.push({ pod, ...rest });
    const replica = this.#of(pod);
    if (replica.broken) {
      throw new Error(replica.broken);
    }
    // As the cluster does, sinceTime counts whole seconds only.
    const since = options.sinceTime && `${options.sinceTime.slice(0, 19)}Z`;
    const past = replica.lines.filter(
      ({ at }) => !since || compareTimes(at, since) >= 0,
    );
    let next = replica.lines.length;
    yield* options.tailLines === undefined
      ? past
      : past.slice(Math.max(0, past.length - options.tailLines));
    const life = replica.ended;
    while (options.follow && !signal.aborted) {
      if (next < replica.lines.length) {
        yield replica.lines[next];
        next += 1;
      } else if (replica.ended !== life || !this.#replicas.has(pod)) {
        return;
      } else {
        await new Promise<void>(resolve => {
          const wake = () => {
            replica.followers.delete(wake);
            signal.removeEventListener('abort', wake);
            resolve();
          };
          replica.followers.add(wake);
          signal.addEventListener('abort', wake);
        });
      }
    }
  }

  #of(pod: string): Replica {
    const replica = this.#replicas.get(pod);
    if (!replica) {
      throw new Error(`no replica ${pod}`);
    }
    return replica;
  }

  #changed(): void {
    this.#listeners.forEach(listener => listener());
  }
}
