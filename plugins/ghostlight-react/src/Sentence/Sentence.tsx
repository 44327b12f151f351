import type { ReactNode } from 'react';
import { Status, StatusValue } from '../Status';
import styles from './Sentence.module.css';

export interface SentenceProps {
  status: StatusValue;
  /** Replaces the word of the status where a domain has its own: "No worse". */
  word?: string;
  /** The answer of the screen, as a person could read it out in a call. */
  children: ReactNode;
  /** Facts that belong to the answer but not into the sentence. */
  aside?: ReactNode;
  /** `h2` on a tab, `p` inside a card. */
  as?: 'h2' | 'p';
}

/** The answer at the top of a screen. Told to screen readers again when it changes. */
export function Sentence(props: SentenceProps) {
  const { status, word, children, aside, as: Tag = 'h2' } = props;
  return (
    <div className={styles.root} role="status">
      <Status value={status} word={word} />
      <div className={styles.words}>
        <Tag className={Tag === 'h2' ? styles.headline : styles.line}>
          {children}
        </Tag>
        {aside && <div className={styles.aside}>{aside}</div>}
      </div>
    </div>
  );
}
