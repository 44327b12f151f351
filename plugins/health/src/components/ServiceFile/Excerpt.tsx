import { VisuallyHidden } from '@backstage/ui';
import styles from './ServiceFile.module.css';
import type { ExcerptLine } from './excerptAround';

export interface ExcerptProps {
  lines: ExcerptLine[];
  /** The line that is wrong. */
  marked: number;
}

/** Lines of a file with their numbers, one of them marked. */
export function Excerpt(props: ExcerptProps) {
  const { lines, marked } = props;
  return (
    <div
      className={styles.excerpt}
      role="group"
      aria-label={`Lines ${lines[0].line} to ${lines[lines.length - 1].line}`}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines scroll, and must do so by keyboard
      tabIndex={0}
    >
      <ol className={styles.lines}>
        {lines.map(({ line, text }) => (
          <li
            key={line}
            className={line === marked ? styles.marked : styles.line}
          >
            <span className={styles.number} aria-hidden>
              {line}
            </span>
            <code className={styles.text}>
              {line === marked && (
                <VisuallyHidden>Mistake in line {line}: </VisuallyHidden>
              )}
              {text || ' '}
            </code>
          </li>
        ))}
      </ol>
    </div>
  );
}
