import {
  RiArrowDownSLine,
  RiArrowRightSLine,
  RiFileCopyLine,
} from '@remixicon/react';
import { formatExactTime } from '../format';
import { Highlight } from './Highlight';
import type { LogEntry, LogLineEntry } from './LogEntry';
import styles from './LogView.module.css';
import { readLine } from './readLine';

export interface LogRowProps {
  entry: LogEntry;
  words: string;
  wrap: boolean;
  isActive: boolean;
  isCurrentMatch: boolean;
  isExpanded: boolean;
  onToggle: (id: string) => void;
  onCopy: (entry: LogEntry) => void;
}

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/** One line of the log, or the mark where lines are missing. */
export function LogRow(props: LogRowProps) {
  const { entry } = props;
  if (entry.kind === 'gap') {
    return (
      <div className={styles.gap}>
        <time dateTime={entry.at}>{clock.format(new Date(entry.at))}</time>
        <span>{entry.text}</span>
      </div>
    );
  }
  return <LineRow {...props} entry={entry} />;
}

function LineRow(props: LogRowProps & { entry: LogLineEntry }) {
  const { entry, words, isActive, isExpanded, onToggle, onCopy } = props;
  const line = readLine(entry);
  const level = line.level ?? 'info';
  const tabIndex = isActive ? 0 : -1;
  return (
    <div
      className={[
        styles.row,
        styles[`level-${level}`],
        props.wrap ? styles.wrap : styles.nowrap,
        isActive && styles.active,
        props.isCurrentMatch && styles.current,
      ]
        .filter(Boolean)
        .join(' ')}
    >
      <time
        className={styles.time}
        dateTime={entry.at}
        title={formatExactTime(entry.at)}
      >
        {clock.format(new Date(entry.at))}
      </time>
      <span className={styles.source} title={entry.source}>
        {shortSource(entry.source)}
      </span>
      <span className={styles.level}>{line.level ?? ''}</span>
      <span className={styles.expander}>
        {line.fields.length > 0 && (
          <button
            type="button"
            className={styles.iconButton}
            aria-expanded={isExpanded}
            aria-label={isExpanded ? 'Hide fields' : 'Show fields'}
            tabIndex={tabIndex}
            onClick={() => onToggle(entry.id)}
          >
            {isExpanded ? (
              <RiArrowDownSLine aria-hidden />
            ) : (
              <RiArrowRightSLine aria-hidden />
            )}
          </button>
        )}
      </span>
      <span className={styles.message}>
        <Highlight text={line.message} words={words} />
        {line.fields.length > 0 &&
          (isExpanded ? (
            <LogFields fields={line.fields} words={words} />
          ) : (
            <span className={styles.brief}>
              {' '}
              <Highlight text={briefly(line.fields)} words={words} />
            </span>
          ))}
      </span>
      <button
        type="button"
        className={`${styles.iconButton} ${styles.copy}`}
        aria-label="Copy line"
        tabIndex={tabIndex}
        onClick={() => onCopy(entry)}
      >
        <RiFileCopyLine aria-hidden />
      </button>
    </div>
  );
}

function LogFields(props: { fields: [string, string][]; words: string }) {
  return (
    <dl className={styles.fields}>
      {props.fields.map(([name, value]) => (
        <div key={name} className={styles.field}>
          <dt>{name}</dt>
          <dd>
            <Highlight text={value} words={props.words} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The fields in the line itself: `status=200 ms=12`. Long ones wait to be asked for. */
function briefly(fields: [string, string][]): string {
  return fields
    .map(([name, value]) =>
      value.length > 60 ? `${name}=…` : `${name}=${value}`,
    )
    .join(' ');
}

/** The end of a pod's name is what tells replicas apart: `orders-7d4f9-x2k4p` is `x2k4p`. */
function shortSource(source: string): string {
  return source.split('-').at(-1) ?? source;
}
