import { formatClock, RelativeTime } from '@ghostlight/plugin-ghostlight-react';
import styles from './HealthTab.module.css';

export interface LiveIndicatorProps {
  isCurrent: boolean;
  /** Of when what is shown is, ISO 8601. */
  asOf: string;
  /** Since when the charts are held still by the person, ISO 8601. */
  heldSince?: string;
}

/** Says whether the screen moves with the world, and if not, how old it is. */
export function LiveIndicator(props: LiveIndicatorProps) {
  const { isCurrent, asOf, heldSince } = props;
  if (!isCurrent) {
    return (
      <span className={styles.notLive}>
        <span className={styles.ring} aria-hidden />
        <span>
          Not live, last known <RelativeTime at={asOf} />
        </span>
      </span>
    );
  }
  if (heldSince) {
    return (
      <span className={styles.notLive}>
        <span className={styles.ring} aria-hidden />
        <span>
          Charts held at <RelativeTime at={heldSince} format={formatClock} />
        </span>
      </span>
    );
  }
  return (
    <span className={styles.live}>
      <span className={styles.dot} aria-hidden />
      Live
    </span>
  );
}
