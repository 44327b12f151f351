import { Link } from '@backstage/ui';
import {
  CommitRef,
  Panel,
  RelativeTime,
  Status,
} from '@ghostlight/plugin-ghostlight-react';
import { sentenceWords } from '@ghostlight/plugin-health';
import type { Need, Reason } from '../facts/needs';
import { healthPath } from '../paths';
import styles from './NeedsList.module.css';

/** How many reasons stand with one component before its Health tab is the better place. */
const SHOWN = 4;

/** What needs this person, each a door to where it is mended. */
export function NeedsList({ needs }: { needs: readonly Need[] }) {
  return (
    <Panel title="Waiting for you" note={String(needs.length)} flush>
      <ul className={styles.list}>
        {needs.map(need => (
          <li key={need.component.ref} className={styles.need}>
            <ReasonStatus reason={need.reasons[0]} />
            <div className={styles.words}>
              <Link
                href={healthPath(need.component.ref)}
                weight="bold"
                variant="body-medium"
              >
                {need.component.name}
              </Link>
              {need.reasons.slice(0, SHOWN).map((reason, n) => (
                <ReasonText key={n} reason={reason} />
              ))}
              {need.reasons.length > SHOWN && (
                <p className={styles.text}>
                  and {need.reasons.length - SHOWN} more
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function ReasonStatus({ reason }: { reason: Reason }) {
  switch (reason.kind) {
    case 'unhealthy':
      return <Status value={reason.status} />;
    case 'alert':
      return reason.alert.severity === 'critical' ? (
        <Status value="failing" word="Critical" />
      ) : (
        <Status value="degraded" word="Warning" />
      );
    default:
      return <Status value="failing" word="Not deployed" />;
  }
}

function ReasonText({ reason }: { reason: Reason }) {
  if (reason.kind === 'unhealthy') {
    return <p className={styles.text}>{sentenceWords(reason.sentence)}</p>;
  }
  if (reason.kind === 'alert') {
    const { summary, environment, startedAt } = reason.alert;
    return (
      <p className={styles.text}>
        Alert in {environment}, began <RelativeTime at={startedAt} />: {summary}
      </p>
    );
  }
  const { deployment } = reason;
  return (
    <p className={styles.text}>
      <CommitRef sha={deployment.sha} /> did not reach {deployment.environment}{' '}
      <RelativeTime at={deployment.finishedAt ?? deployment.startedAt} />
      {deployment.reason && `: ${deployment.reason}`}
    </p>
  );
}
