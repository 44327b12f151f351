import { formatCount, RelativeTime } from '@ghostlight/plugin-ghostlight-react';
import type { PodHealth } from '@ghostlight/plugin-health-common';
import styles from './Replicas.module.css';

/** How often a replica was restarted, and how it ended the last time. */
export function Restarts(props: { pod: PodHealth }) {
  const { restarts, lastTermination } = props.pod;
  return (
    <div>
      <span className={styles.figure}>{formatCount(restarts)}</span>
      {lastTermination && (
        <div className={styles.reason}>
          {lastTermination.reason}
          {lastTermination.at && (
            <>
              {', '}
              <RelativeTime at={lastTermination.at} />
            </>
          )}
        </div>
      )}
    </div>
  );
}
