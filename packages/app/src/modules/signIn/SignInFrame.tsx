import type { ReactNode } from 'react';
import { Lamp } from '../brand';
import styles from './SignInFrame.module.css';

export interface SignInFrameProps {
  question: string;
  note?: string;
  children: ReactNode;
}

/** The stage before anybody is on it: the lamp, one question, its answers. */
export function SignInFrame({ question, note, children }: SignInFrameProps) {
  return (
    <main className={styles.stage}>
      <div className={styles.column}>
        <div className={styles.brand}>
          <span className={styles.lamp}>
            <Lamp size={72} />
          </span>
          <span className={styles.name}>Ghostlight</span>
        </div>
        <h1 className={styles.question}>{question}</h1>
        {children}
        {note && <p className={styles.note}>{note}</p>}
      </div>
    </main>
  );
}
