import { Link } from '@backstage/ui';
import {
  CommitRef,
  Panel,
  RelativeTime,
  Status,
} from '@ghostlight/plugin-ghostlight-react';
import { sentenceWords } from '@ghostlight/plugin-health';
import type { Need } from '../facts/needs';
import { healthPath } from '../paths';
import styles from './NeedsList.module.css';

/** What needs this person, each a door to where it is mended. */
export function NeedsList({ needs }: { needs: readonly Need[] }) {
  return (
    <Panel title="Waiting for you" note={String(needs.length)} flush>
      <ul className={styles.list}>
        {needs.map(need => (
          <li
            key={`${need.kind} ${need.component.ref}`}
            className={styles.need}
          >
            <NeedStatus need={need} />
            <div className={styles.words}>
              <Link
                href={healthPath(need.component.ref)}
                weight="bold"
                variant="body-medium"
              >
                {need.component.name}
              </Link>
              <NeedText need={need} />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function NeedStatus({ need }: { need: Need }) {
  return need.kind === 'unhealthy' ? (
    <Status value={need.status} />
  ) : (
    <Status value="failing" word="Not deployed" />
  );
}

function NeedText({ need }: { need: Need }) {
  if (need.kind === 'unhealthy') {
    return <p className={styles.text}>{sentenceWords(need.sentence)}</p>;
  }
  const { deployment } = need;
  return (
    <p className={styles.text}>
      <CommitRef sha={deployment.sha} /> did not reach {deployment.environment}{' '}
      <RelativeTime at={deployment.finishedAt ?? deployment.startedAt} />
      {deployment.reason && `: ${deployment.reason}`}
    </p>
  );
}
