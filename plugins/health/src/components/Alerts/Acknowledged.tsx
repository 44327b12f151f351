import { RelativeTime } from '@ghostlight/plugin-ghostlight-react';
import type { Alert } from '@ghostlight/plugin-health-common';
import { RiEyeLine } from '@remixicon/react';
import styles from './Alerts.module.css';
import { acknowledgedBy } from './alertWords';

/** Who looks at it, since when, and what they said. */
export function Acknowledged(props: {
  acknowledged: NonNullable<Alert['acknowledged']>;
}) {
  const { acknowledged } = props;
  return (
    <p className={styles.acknowledged}>
      <RiEyeLine className={styles.eye} aria-hidden />
      <span>
        Acknowledged by {acknowledgedBy(acknowledged)}{' '}
        <RelativeTime at={acknowledged.at} />
        {acknowledged.note && <>: {acknowledged.note}</>}
      </span>
    </p>
  );
}
