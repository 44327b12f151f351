import { Link } from '@backstage/ui';
import styles from './CommitRef.module.css';

export interface CommitRefProps {
  sha: string;
  /** The first line is shown. */
  message?: string;
  author?: string;
  /** Where the commit can be read. */
  href?: string;
}

/** A commit as people name it: short sha, what it says, who wrote it. */
export function CommitRef(props: CommitRefProps) {
  const { sha, message, author, href } = props;
  const short = <code className={styles.sha}>{sha.slice(0, 7)}</code>;
  const subject = message?.split('\n', 1)[0];
  return (
    <span className={styles.commit} title={sha}>
      {href ? <Link href={href}>{short}</Link> : short}
      {subject && <span className={styles.subject}> {subject}</span>}
      {author && <span className={styles.author}> by {author}</span>}
    </span>
  );
}
