import { Alert, Button } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import { reasonOf } from '../reasonOf';
import styles from './ErrorState.module.css';

export interface ErrorStateProps {
  /** What could not be done: "Could not read the health of orders". */
  what: string;
  error: Error;
  /** What the person can do, where trying again is not all. */
  hint?: string;
  onRetry?: () => void;
  isRetrying?: boolean;
}

/** What failed, why, and a way on. */
export function ErrorState(props: ErrorStateProps) {
  const { what, error, hint, onRetry, isRetrying = false } = props;
  const { message } = reasonOf(error);
  return (
    <Alert
      className={styles.alert}
      role="alert"
      status="danger"
      icon
      title={what}
      description={hint ? `${message} ${hint}` : message}
      customActions={
        onRetry && (
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiRefreshLine aria-hidden />}
            isPending={isRetrying}
            onPress={onRetry}
          >
            Try again
          </Button>
        )
      }
    />
  );
}
