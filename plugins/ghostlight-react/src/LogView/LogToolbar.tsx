import {
  Button,
  ButtonIcon,
  SearchField,
  Select,
  ToggleButton,
} from '@backstage/ui';
import {
  RiArrowDownSLine,
  RiArrowUpSLine,
  RiDownloadLine,
  RiPauseLine,
  RiPlayLine,
  RiTextWrap,
} from '@remixicon/react';
import type { RefObject } from 'react';
import { formatCount } from '../format';
import type { LogFilter } from './filterEntries';
import type { LogLevel } from './LogEntry';
import styles from './LogView.module.css';
import type { LogSearch } from './useLogSearch';

export interface LogToolbarProps {
  search: LogSearch;
  searchRef: RefObject<HTMLDivElement>;
  filter: LogFilter;
  onFilter: (filter: LogFilter) => void;
  sources: readonly string[];
  wrap: boolean;
  onWrap: (wrap: boolean) => void;
  isPaused: boolean;
  waiting: number;
  onPause: () => void;
  onDownload: () => void;
}

const anything = 'all';
const levelOptions: { id: LogLevel | typeof anything; label: string }[] = [
  { id: anything, label: 'All levels' },
  { id: 'debug', label: 'Debug and above' },
  { id: 'info', label: 'Info and above' },
  { id: 'warn', label: 'Warnings and errors' },
  { id: 'error', label: 'Errors only' },
];

/** What a person does with a log: find, narrow, hold still, take away. */
export function LogToolbar(props: LogToolbarProps) {
  const { search, filter, sources } = props;
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Log tools">
      <div className={styles.search} ref={props.searchRef}>
        <SearchField
          aria-label="Search the log"
          placeholder="Search"
          size="small"
          value={search.words}
          onChange={search.setWords}
          onKeyDown={event => {
            if (event.key === 'Enter') {
              search.go(event.shiftKey ? -1 : 1);
            }
          }}
        />
      </div>
      {search.words.trim() !== '' && (
        <div className={styles.matches}>
          <span className={styles.count} data-testid="log-matches">
            {formatCount(search.position)} of {formatCount(search.count)}
          </span>
          <ButtonIcon
            aria-label="Previous match"
            variant="tertiary"
            size="small"
            icon={<RiArrowUpSLine />}
            isDisabled={search.count === 0}
            onPress={() => search.go(-1)}
          />
          <ButtonIcon
            aria-label="Next match"
            variant="tertiary"
            size="small"
            icon={<RiArrowDownSLine />}
            isDisabled={search.count === 0}
            onPress={() => search.go(1)}
          />
        </div>
      )}
      <Select
        aria-label="Level"
        size="small"
        className={styles.select}
        options={levelOptions}
        value={filter.minLevel ?? anything}
        onChange={key =>
          props.onFilter({
            ...filter,
            minLevel: levelOptions
              .map(option => option.id)
              .find((id): id is LogLevel => id === key && id !== anything),
          })
        }
      />
      {sources.length > 1 && (
        <Select
          aria-label="Replica"
          size="small"
          className={styles.select}
          options={[
            { id: anything, label: `All ${sources.length} replicas` },
            ...sources.map(source => ({ id: source, label: source })),
          ]}
          value={filter.source ?? anything}
          onChange={key =>
            props.onFilter({
              ...filter,
              source: sources.find(source => source === key),
            })
          }
        />
      )}
      <div className={styles.buttons}>
        <ToggleButton
          className={styles.toggle}
          size="small"
          iconStart={<RiTextWrap aria-hidden />}
          isSelected={props.wrap}
          onChange={props.onWrap}
        >
          Wrap
        </ToggleButton>
        <Button
          size="small"
          variant="secondary"
          iconStart={
            props.isPaused ? (
              <RiPlayLine aria-hidden />
            ) : (
              <RiPauseLine aria-hidden />
            )
          }
          onPress={props.onPause}
        >
          {pauseWords(props.isPaused, props.waiting)}
        </Button>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiDownloadLine aria-hidden />}
          onPress={props.onDownload}
        >
          Download
        </Button>
      </div>
    </div>
  );
}

function pauseWords(isPaused: boolean, waiting: number): string {
  if (!isPaused) {
    return 'Pause';
  }
  return waiting > 0 ? `Resume, ${formatCount(waiting)} waiting` : 'Resume';
}
