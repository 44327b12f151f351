import { useDeferredValue, useMemo, useState } from 'react';
import { findMatches } from './filterEntries';
import type { LogEntry } from './LogEntry';

export interface LogSearch {
  words: string;
  setWords: (words: string) => void;
  /** How many entries match. */
  count: number;
  /** Which of them the person is at, from 1; 0 where nothing matches. */
  position: number;
  currentId: string | undefined;
  /** Moves to the next (1) or previous (-1) match, and around the end. */
  go: (step: 1 | -1) => void;
}

/** Finds words. A search starts at the newest match, where the log is being read. */
export function useLogSearch(
  entries: readonly LogEntry[],
  onGo: (id: string) => void,
): LogSearch {
  const [words, setWords] = useState('');
  const [visitedId, setVisitedId] = useState<string>();
  const sought = useDeferredValue(words);
  const matches = useMemo(
    () => findMatches(entries, sought),
    [entries, sought],
  );
  const visited = matches.findIndex(index => entries[index].id === visitedId);
  const at = visited === -1 ? matches.length - 1 : visited;

  return {
    words,
    setWords,
    count: matches.length,
    position: at + 1,
    currentId: at === -1 ? undefined : entries[matches[at]].id,
    go(step) {
      if (matches.length === 0) {
        return;
      }
      const next =
        visited === -1
          ? matches.length - 1
          : (visited + step + matches.length) % matches.length;
      const { id } = entries[matches[next]];
      setVisitedId(id);
      onGo(id);
    },
  };
}
