import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

export interface EmptyStateProps {
  /** What is not there: "Nothing is deployed yet". */
  title: string;
  /** Why, and the next step to take. */
  children?: ReactNode;
  actions?: ReactNode;
}

/** Says what is missing and what to do about it. */
export function EmptyState(props: EmptyStateProps) {
  const { title, children, actions } = props;
  return (
    <div className={styles.root}>
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.body}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
