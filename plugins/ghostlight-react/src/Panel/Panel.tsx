import { ReactNode, useId } from 'react';
import styles from './Panel.module.css';

export interface PanelProps {
  title: string;
  /** Stands beside the title: a count, a window of time. */
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Lets the content reach the border: tables and logs. */
  flush?: boolean;
}

/** A titled part of a screen: thin border, no shadow. */
export function Panel(props: PanelProps) {
  const { title, note, actions, children, flush = false } = props;
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.header}>
        <h3 className={styles.title} id={id}>
          {title}
        </h3>
        {note && <span className={styles.note}>{note}</span>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={flush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}
