import { useApi } from '@backstage/frontend-plugin-api';
import {
  Alert as Notice,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextAreaField,
} from '@backstage/ui';
import { parseEntityRef } from '@backstage/catalog-model';
import { reasonOf } from '@ghostlight/plugin-ghostlight-react';
import type { Alert } from '@ghostlight/plugin-health-common';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { healthApiRef } from '../../api';
import { useHealthQueries } from '../../hooks';
import styles from './Alerts.module.css';

/** As long as the backend takes. */
const longestNote = 1000;

/** Says to everyone that somebody looks at an alert, with a note if they like. */
export function AcknowledgeDialog(props: {
  alert: Alert;
  onClose: () => void;
}) {
  const { alert, onClose } = props;
  const healthApi = useApi(healthApiRef);
  const queries = useHealthQueries();
  const [note, setNote] = useState('');
  const acknowledge = useMutation(
    {
      mutationFn: () =>
        healthApi.acknowledgeAlert(alert.id, {
          note: note.trim() || undefined,
        }),
      onSuccess: onClose,
      // Also when it was refused: somebody else may have been faster.
      onSettled: () => queries.refreshAlerts(),
    },
    queries.client,
  );
  const name = parseEntityRef(alert.entityRef).name;
  return (
    <Dialog
      isOpen
      isDismissable={!acknowledge.isPending}
      width="min(480px, 100vw)"
      onOpenChange={open => !open && onClose()}
    >
      <DialogHeader>
        Acknowledge {alert.name} of {name} in {alert.environment}
      </DialogHeader>
      <DialogBody>
        <div className={styles.dialog}>
          <p className={styles.summary}>{alert.summary}</p>
          <p className={styles.quiet}>
            Says to everyone that you look at it. It goes on firing until its
            value is back.
          </p>
          <TextAreaField
            label="Note"
            secondaryLabel="Optional"
            rows={3}
            maxLength={longestNote}
            value={note}
            onChange={setNote}
            isDisabled={acknowledge.isPending}
          />
          {acknowledge.error && (
            <div role="alert">
              <Notice
                status="danger"
                icon
                title={`Could not acknowledge ${alert.name}`}
                description={reasonOf(acknowledge.error).message}
              />
            </div>
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          isPending={acknowledge.isPending}
          onPress={() => acknowledge.mutate()}
        >
          Acknowledge
        </Button>
        <Button
          variant="secondary"
          isDisabled={acknowledge.isPending}
          onPress={onClose}
        >
          Cancel
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
