/** From quiet to loud. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error'] as const;

export type LogLevel = (typeof logLevels)[number];

/** One line as a replica wrote it. */
export interface LogLineEntry {
  kind: 'line';
  /** Unique within the log. */
  id: string;
  /** ISO 8601. */
  at: string;
  /** The replica that wrote it. */
  source: string;
  /** Where the sender knows it; else it is read from the text. */
  level?: LogLevel;
  text: string;
}

/** A place where lines are missing, or something happened to the log itself. */
export interface LogGapEntry {
  kind: 'gap';
  id: string;
  at: string;
  text: string;
}

export type LogEntry = LogLineEntry | LogGapEntry;

/** The lines held, oldest first, and how many older ones were let go. */
export interface LogSnapshot {
  entries: readonly LogEntry[];
  dropped: number;
  /** The replicas that have written, in order of their names. */
  sources: readonly string[];
}

export const emptyLog: LogSnapshot = { entries: [], dropped: 0, sources: [] };
