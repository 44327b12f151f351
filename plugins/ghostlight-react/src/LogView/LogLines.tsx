import { Button } from '@backstage/ui';
import { RiArrowDownLine } from '@remixicon/react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { KeyboardEvent, ReactNode, useEffect, useRef, useState } from 'react';
import type { LogEntry } from './LogEntry';
import { LogRow } from './LogRow';
import styles from './LogView.module.css';
import { useFollowTail } from './useFollowTail';

export interface LogLinesProps {
  label: string;
  entries: readonly LogEntry[];
  /** The searched words, marked in the lines. */
  words: string;
  wrap: boolean;
  /** The line the person is at; it is scrolled into view when it changes. */
  activeId: string | undefined;
  onActive: (id: string | undefined) => void;
  currentMatchId: string | undefined;
  onCopy: (entry: LogEntry) => void;
  onSearch: () => void;
  empty: ReactNode;
}

const lineHeightPx = 22;
/** Heights of lines that are gone, remembered before they are cleared away. */
const mostForgotten = 5000;

/** The lines themselves. Only those in view are in the page, however many there are. */
export function LogLines(props: LogLinesProps) {
  const { entries, activeId, onActive, onCopy } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const { isFollowing, setFollowing, onScroll } = useFollowTail(scroller);

  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeightPx,
    getItemKey: index => entries[index].id,
    overscan: 12,
  });

  const last = entries.at(-1)?.id;
  useEffect(() => {
    if (isFollowing && last !== undefined) {
      // It remembers the height of each line it ever showed, of those let go too.
      if (virtualizer.itemSizeCache.size > entries.length + mostForgotten) {
        virtualizer.measure();
      }
      virtualizer.scrollToIndex(entries.length - 1, { align: 'end' });
    }
  }, [isFollowing, last, entries.length, props.wrap, virtualizer]);

  const active = entries.findIndex(entry => entry.id === activeId);
  const reached = useRef<string>();
  useEffect(() => {
    if (active !== -1 && activeId !== reached.current) {
      setFollowing(active === entries.length - 1);
      virtualizer.scrollToIndex(active, { align: 'auto' });
    }
    reached.current = activeId;
  }, [active, activeId, entries.length, setFollowing, virtualizer]);

  const toggle = (id: string) =>
    setExpanded(before => {
      const after = new Set(before);
      if (!after.delete(id)) {
        after.add(id);
      }
      return after;
    });

  const onKeyDown = (event: KeyboardEvent) => {
    // Buttons inside the rows have keys of their own.
    if (event.target !== scroller.current || event.ctrlKey || event.metaKey) {
      return;
    }
    const end = entries.length - 1;
    const from = active === -1 ? end + 1 : active;
    const current = entries.at(active === -1 ? entries.length : active);
    const moves: Record<string, (() => void) | undefined> = {
      ArrowUp: () => onActive(entries.at(Math.max(0, from - 1))?.id),
      ArrowDown: () => onActive(entries.at(Math.min(end, from + 1))?.id),
      Home: () => onActive(entries.at(0)?.id),
      End: () => onActive(last),
      Enter: current && (() => toggle(current.id)),
      c: current && (() => onCopy(current)),
      '/': props.onSearch,
      Escape: () => onActive(undefined),
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      move();
    }
  };

  return (
    <div className={styles.stage}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys walk the lines, as in a text */}
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        // A screen reader that read out every line would never fall silent.
        aria-live="off"
        aria-label={props.label}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        {entries.length === 0 && (
          <div className={styles.empty}>{props.empty}</div>
        )}
        <div
          className={styles.canvas}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map(item => {
            const entry = entries[item.index];
            return (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                className={styles.slot}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <LogRow
                  entry={entry}
                  words={props.words}
                  wrap={props.wrap}
                  isActive={entry.id === activeId}
                  isCurrentMatch={entry.id === props.currentMatchId}
                  isExpanded={expanded.has(entry.id)}
                  onToggle={toggle}
                  onCopy={onCopy}
                />
              </div>
            );
          })}
        </div>
      </div>
      {!isFollowing && entries.length > 0 && (
        <div className={styles.jump}>
          <Button
            size="small"
            variant="primary"
            iconStart={<RiArrowDownLine aria-hidden />}
            onPress={() => {
              onActive(undefined);
              setFollowing(true);
            }}
          >
            Follow the newest
          </Button>
        </div>
      )}
    </div>
  );
}
