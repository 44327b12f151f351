import { parseEntityRef } from '@backstage/catalog-model';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import { RelativeTime, Status } from '@ghostlight/plugin-ghostlight-react';
import {
  Alert,
  healthAlertAcknowledgePermission,
} from '@ghostlight/plugin-health-common';
import { useId, useState } from 'react';
import { AcknowledgeDialog } from './AcknowledgeDialog';
import { Acknowledged } from './Acknowledged';
import styles from './Alerts.module.css';
import { AlertSummary } from './AlertSummary';
import { forWords, severityLooks } from './alertWords';

/** What fires, worst first as it was sent, and who looks at it. */
export function FiringList(props: { entityRef: string; alerts: Alert[] }) {
  const { entityRef, alerts } = props;
  const { loading, allowed } = usePermission({
    permission: healthAlertAcknowledgePermission,
    resourceRef: entityRef,
  });
  const [asked, setAsked] = useState<Alert>();
  const whyId = useId();
  const refused = !loading && !allowed;
  return (
    <>
      <ul className={styles.list}>
        {alerts.map(alert => (
          <li key={alert.id} className={styles.alert}>
            <div className={styles.severity}>
              <Status {...severityLooks[alert.severity]} />
            </div>
            <div className={styles.words}>
              <p className={styles.summary}>
                <AlertSummary alert={alert} />
              </p>
              <p className={styles.quiet}>
                Firing for{' '}
                <RelativeTime at={alert.startedAt} format={forWords} />
                {alert.kind === 'burn-rate' && ', budget of an objective'}
              </p>
              {alert.acknowledged && (
                <Acknowledged acknowledged={alert.acknowledged} />
              )}
            </div>
            {!alert.acknowledged && (
              <Button
                className={styles.action}
                size="small"
                variant="secondary"
                isDisabled={!allowed}
                aria-label={`Acknowledge ${alert.name}`}
                aria-describedby={refused ? whyId : undefined}
                onPress={() => setAsked(alert)}
              >
                Acknowledge
              </Button>
            )}
          </li>
        ))}
      </ul>
      {refused && alerts.some(({ acknowledged }) => !acknowledged) && (
        <p className={styles.why} id={whyId}>
          Only owners of {parseEntityRef(entityRef).name} and operators may
          acknowledge its alerts.
        </p>
      )}
      {asked && (
        <AcknowledgeDialog alert={asked} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}
