import { LogEntry, LogLevel, logLevels, LogLineEntry } from './LogEntry';
import { readLine } from './readLine';

export interface LogFilter {
  /** This level and louder; undefined shows lines without a level too. */
  minLevel?: LogLevel;
  source?: string;
}

/**
 * The entries a filter leaves. A line without a level that begins with white
 * space continues the line before it of the same replica (a stack trace) and
 * shares its fate. Gaps always show: a filter must not hide that lines are missing.
 */
export function filterEntries(
  entries: readonly LogEntry[],
  filter: LogFilter,
): readonly LogEntry[] {
  const { minLevel, source } = filter;
  if (minLevel === undefined && source === undefined) {
    return entries;
  }
  const threshold = minLevel === undefined ? -1 : logLevels.indexOf(minLevel);
  const lastLevel = new Map<string, LogLevel | undefined>();
  return entries.filter(entry => {
    if (entry.kind === 'gap') {
      return true;
    }
    if (source !== undefined && entry.source !== source) {
      return false;
    }
    if (minLevel === undefined) {
      return true;
    }
    const level = levelOfLine(entry, lastLevel.get(entry.source));
    lastLevel.set(entry.source, level);
    return level !== undefined && logLevels.indexOf(level) >= threshold;
  });
}

function levelOfLine(
  entry: LogLineEntry,
  before: LogLevel | undefined,
): LogLevel | undefined {
  return readLine(entry).level ?? (/^\s/.test(entry.text) ? before : undefined);
}

/** Positions of the entries that contain the words, regardless of case. */
export function findMatches(
  entries: readonly LogEntry[],
  words: string,
): number[] {
  const needle = words.trim().toLowerCase();
  if (needle === '') {
    return [];
  }
  const found: number[] = [];
  entries.forEach((entry, index) => {
    if (entry.kind === 'line' && entry.text.toLowerCase().includes(needle)) {
      found.push(index);
    }
  });
  return found;
}
