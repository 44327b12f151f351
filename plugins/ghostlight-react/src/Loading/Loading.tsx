import { Skeleton, VisuallyHidden } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './Loading.module.css';

export interface LoadingProps {
  /** What is being read, for screen readers: "Reading the health of orders". */
  label: string;
  children: ReactNode;
}

/** Wraps skeletons of the shape that is coming and says so to screen readers. */
export function Loading(props: LoadingProps) {
  return (
    <div className={styles.loading} role="status" aria-busy="true">
      <VisuallyHidden>{props.label}</VisuallyHidden>
      {props.children}
    </div>
  );
}

/** The shape of a `Sentence`. */
export function SentenceSkeleton() {
  return (
    <div className={styles.sentence} aria-hidden>
      <Skeleton width={88} height={24} rounded />
      <Skeleton width="min(28rem, 60%)" height={24} />
    </div>
  );
}

/** The shape of a `Panel` that holds a table. */
export function TableSkeleton(props: { rows?: number }) {
  const { rows = 3 } = props;
  return (
    <div className={styles.table} aria-hidden>
      <Skeleton width="8rem" height={20} />
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} width="100%" height={28} />
      ))}
    </div>
  );
}

/** The shape of one fact card. */
export function CardSkeleton() {
  return (
    <div className={styles.card} aria-hidden>
      <Skeleton width={88} height={24} rounded />
      <Skeleton width="80%" height={16} />
      <Skeleton width="50%" height={16} />
    </div>
  );
}
