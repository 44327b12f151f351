import { VisuallyHidden } from '@backstage/ui';
import { ReactNode, useMemo, useRef, useState } from 'react';
import { formatCount, formatPlural } from '../format';
import { filterEntries, LogFilter } from './filterEntries';
import type { LogEntry, LogSnapshot } from './LogEntry';
import { LogLines } from './LogLines';
import { LogToolbar } from './LogToolbar';
import styles from './LogView.module.css';
import { readLine } from './readLine';
import { saveText } from './saveText';
import { useLogSearch } from './useLogSearch';

export interface LogViewProps {
  /** Names the log for screen readers and the downloaded file: "orders in local". */
  label: string;
  log: LogSnapshot;
  /** Replicas to choose from besides those that have written. */
  sources?: readonly string[];
  /** What the source of the lines is doing: "Live", "Reconnecting". */
  state?: ReactNode;
  /** Shown while there are no lines. */
  empty?: ReactNode;
  /** Fetches more than is held here; by default the held lines are saved. */
  onDownload?: () => void;
}

/** A live log: follows its end, can be searched, narrowed, held still and taken away. */
export function LogView(props: LogViewProps) {
  const { label, log, state, empty = 'No lines yet.' } = props;
  const searchField = useRef<HTMLDivElement>(null);
  const [filter, setFilter] = useState<LogFilter>({});
  const [wrap, setWrap] = useState(true);
  const [frozen, setFrozen] = useState<LogSnapshot>();
  const [activeId, setActiveId] = useState<string>();
  const [announcement, setAnnouncement] = useState('');

  const shown = frozen ?? log;
  const waiting = frozen ? totalOf(log) - totalOf(frozen) : 0;
  const entries = useMemo(
    () => filterEntries(shown.entries, filter),
    [shown.entries, filter],
  );
  const sources = useMemo(
    () => [...new Set([...(props.sources ?? []), ...log.sources])].sort(),
    [props.sources, log.sources],
  );

  const walkTo = (id: string | undefined) => {
    setActiveId(id);
    const entry = entries.find(candidate => candidate.id === id);
    setAnnouncement(entry ? wordsOf(entry) : '');
  };
  const search = useLogSearch(entries, walkTo);
  const copy = async (entry: LogEntry) => {
    await navigator.clipboard.writeText(entry.text);
    setAnnouncement('Line copied');
  };

  return (
    <div className={styles.log}>
      <LogToolbar
        search={search}
        searchRef={searchField}
        filter={filter}
        onFilter={setFilter}
        sources={sources}
        wrap={wrap}
        onWrap={setWrap}
        isPaused={frozen !== undefined}
        waiting={waiting}
        onPause={() => setFrozen(frozen ? undefined : log)}
        onDownload={
          props.onDownload ??
          (() => saveText(`${label}.log`, textOf(log.entries)))
        }
      />
      <LogLines
        label={label}
        entries={entries}
        words={search.words}
        wrap={wrap}
        activeId={activeId}
        onActive={walkTo}
        currentMatchId={search.currentId}
        onCopy={copy}
        onSearch={() => searchField.current?.querySelector('input')?.focus()}
        empty={
          shown.entries.length === 0
            ? empty
            : 'No line matches the level and replica chosen.'
        }
      />
      <div className={styles.footer}>
        <span>{countWords(entries.length, shown)}</span>
        {frozen ? <span>Paused</span> : state}
      </div>
      <VisuallyHidden aria-live="polite">{announcement}</VisuallyHidden>
    </div>
  );
}

function totalOf(log: LogSnapshot): number {
  return log.dropped + log.entries.length;
}

function countWords(visible: number, shown: LogSnapshot): string {
  const held = shown.entries.length;
  const lines =
    visible === held
      ? formatPlural(held, 'line')
      : `${formatCount(visible)} of ${formatPlural(held, 'line')}`;
  return shown.dropped > 0
    ? `${lines}, ${formatCount(shown.dropped)} older let go`
    : lines;
}

function wordsOf(entry: LogEntry): string {
  return entry.kind === 'gap' ? entry.text : readLine(entry).message;
}

function textOf(entries: readonly LogEntry[]): string {
  return entries
    .map(entry =>
      entry.kind === 'gap'
        ? `${entry.at} -- ${entry.text}`
        : `${entry.at} ${entry.source} ${entry.text}`,
    )
    .join('\n');
}
