import type { ReactNode } from 'react';
import styles from './Fact.module.css';

export interface FactProps {
  label: string;
  children: ReactNode;
}

/** A name and its value, for use inside `Facts`. */
export function Fact(props: FactProps) {
  return (
    <div className={styles.fact}>
      <dt className={styles.label}>{props.label}</dt>
      <dd className={styles.value}>{props.children}</dd>
    </div>
  );
}

/** A row of facts that wraps. */
export function Facts(props: { children: ReactNode }) {
  return <dl className={styles.facts}>{props.children}</dl>;
}
