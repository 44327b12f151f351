import type {
  LogChunk,
  LogOptions,
  PodView,
} from '@ghostlight/plugin-clusters-node';

/** Where the lines of a stream come from. */
export interface LogSource {
  /** The replicas there are now, of those that were asked for. */
  pods(): Promise<PodView[]>;
  read(pod: string, options: LogOptions): AsyncIterable<LogChunk>;
  /** Calls back when replicas may have come, gone, or changed. */
  onChange(listener: () => void): () => void;
}
