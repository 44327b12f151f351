import { useSyncExternalStore } from 'react';
import { formatAgo, formatExactTime } from '../format';
import styles from './RelativeTime.module.css';
import { subscribeToTicks } from './ticker';

export interface RelativeTimeProps {
  /** ISO 8601. */
  at: string;
  /** What to say; by default `12 min ago`. Called again each second. */
  format?: (at: string, nowMs: number) => string;
}

/**
 * How long ago something was, kept current, with the exact time on hover and
 * focus. The hint is made by the style sheet: a table holds a hundred of these.
 */
export function RelativeTime(props: RelativeTimeProps) {
  const { at, format = formatAgo } = props;
  // The snapshot is the text itself: a tick that changes nothing renders nothing.
  const text = useSyncExternalStore(subscribeToTicks, () =>
    format(at, Date.now()),
  );
  const exact = formatExactTime(at);
  return (
    <time
      className={styles.time}
      dateTime={at}
      title={exact}
      data-exact={exact}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the exact time must be reachable by keyboard
      tabIndex={0}
    >
      {text}
    </time>
  );
}
