import type { RemixiconComponentType } from '@remixicon/react';
import {
  RiAlertFill,
  RiCheckboxCircleFill,
  RiCheckDoubleLine,
  RiCloseCircleFill,
  RiHand,
  RiLoader4Line,
  RiPauseCircleFill,
  RiQuestionFill,
  RiStopCircleFill,
} from '@remixicon/react';
import styles from './Status.module.css';

/** The one list of states a person ever sees. */
export type StatusValue =
  | 'healthy'
  | 'degraded'
  | 'failing'
  | 'unknown'
  | 'paused'
  | 'running'
  | 'waiting'
  | 'done'
  | 'aborted';

/** The `--gl-*` token that colours a status, without its prefix. */
export type StatusTone = 'good' | 'warn' | 'bad' | 'info' | 'unknown';

interface StatusLook {
  word: string;
  tone: StatusTone;
  icon: RemixiconComponentType;
}

const looks: Record<StatusValue, StatusLook> = {
  healthy: { word: 'Healthy', tone: 'good', icon: RiCheckboxCircleFill },
  degraded: { word: 'Degraded', tone: 'warn', icon: RiAlertFill },
  failing: { word: 'Failing', tone: 'bad', icon: RiCloseCircleFill },
  unknown: { word: 'Unknown', tone: 'unknown', icon: RiQuestionFill },
  paused: { word: 'Paused', tone: 'unknown', icon: RiPauseCircleFill },
  running: { word: 'Running', tone: 'info', icon: RiLoader4Line },
  waiting: { word: 'Waiting for you', tone: 'info', icon: RiHand },
  done: { word: 'Done', tone: 'good', icon: RiCheckDoubleLine },
  aborted: { word: 'Aborted', tone: 'unknown', icon: RiStopCircleFill },
};

/** Word and tone of a status, for places that draw it themselves (charts). */
export function statusLook(value: StatusValue): {
  word: string;
  tone: StatusTone;
} {
  const { word, tone } = looks[value];
  return { word, tone };
}

export interface StatusProps {
  value: StatusValue;
  /** `chip` (default) has the quiet background, `plain` stands in a line of text. */
  variant?: 'chip' | 'plain';
  /** Replaces the word where a domain has its own: "Ready", "Rolling out". */
  word?: string;
  className?: string;
}

/** A status: always icon and word and colour, so that none of them is needed alone. */
export function Status(props: StatusProps) {
  const { value, variant = 'chip', word, className } = props;
  const look = looks[value];
  const Icon = look.icon;
  return (
    <span
      className={[styles.status, styles[variant], styles[look.tone], className]
        .filter(Boolean)
        .join(' ')}
      data-status={value}
    >
      <Icon
        aria-hidden
        className={value === 'running' ? styles.turning : styles.icon}
      />
      <span className={styles.word}>{word ?? look.word}</span>
    </span>
  );
}
