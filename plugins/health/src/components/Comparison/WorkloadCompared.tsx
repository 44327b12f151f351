import {
  CommitRef,
  Fact,
  Facts,
  formatClock,
  formatPlural,
  RelativeTime,
  Sentence,
} from '@ghostlight/plugin-ghostlight-react';
import type {
  ComparedSide,
  WorkloadComparison,
} from '@ghostlight/plugin-health-common';
import { useCommitPath } from '../../hooks';
import styles from './Comparison.module.css';
import { ComparisonTable } from './ComparisonTable';
import { verdicts, verdictWord } from './verdicts';

/** One workload before and after its last deploy. */
export function WorkloadCompared(props: {
  comparison: WorkloadComparison;
  isOnly: boolean;
}) {
  const { comparison, isOnly } = props;
  const { workload, before, after, verdict, notes } = comparison;
  const { status, word } = verdicts[verdict];
  return (
    <section className={styles.workload} aria-label={workload.name}>
      {!isOnly && <h3 className={styles.name}>{workload.name}</h3>}
      <Sentence as="p" status={status} word={verdictWord(comparison)}>
        {withoutWord(comparison.sentence, word)}
      </Sentence>
      {before.revision === undefined ? (
        <p className={styles.quiet}>
          This is its first revision: there is nothing before it to compare
          with.
        </p>
      ) : (
        <>
          <Facts>
            <Side label="Before" side={before} />
            <Side label="After" side={after} />
          </Facts>
          {comparison.metrics.length > 0 && (
            <div className={styles.table}>
              <ComparisonTable comparison={comparison} />
            </div>
          )}
        </>
      )}
      {notes.map(note => (
        <p key={note} className={styles.quiet}>
          {note}
        </p>
      ))}
    </section>
  );
}

function Side(props: { label: string; side: ComparedSide }) {
  const { label, side } = props;
  const { commit, revision, from, to, requests } = side;
  const href = useCommitPath(commit);
  return (
    <Fact label={label}>
      {commit ? (
        <CommitRef
          sha={commit.sha}
          message={commit.message}
          author={side.byName}
          href={href}
        />
      ) : (
        <code>{revision}</code>
      )}
      <div className={styles.quiet}>
        {formatPlural(Math.round(requests), 'request')},{' '}
        <RelativeTime at={from} format={formatClock} /> to{' '}
        <RelativeTime at={to} format={formatClock} />
      </div>
    </Fact>
  );
}

/** The sentence without its leading verdict, which stands beside it with its icon. */
function withoutWord(sentence: string, word: string): string {
  return sentence.startsWith(`${word}: `)
    ? sentence.slice(word.length + 2)
    : sentence;
}
