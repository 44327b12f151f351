import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  CommitRef,
  Fact,
  RelativeTime,
} from '@ghostlight/plugin-ghostlight-react';
import type { HealthRevision } from '@ghostlight/plugin-health-common';
import { useCommitPath } from '../../hooks';
import styles from './Workload.module.css';

/** Which version runs, whose it is, and when it came. */
export function RevisionFacts(props: { revision: HealthRevision }) {
  const { revision } = props;
  const { commit } = revision;
  const commitPath = useCommitPath(commit);
  return (
    <>
      <Fact label="Revision">
        {commit ? (
          <CommitRef
            sha={commit.sha}
            message={commit.message}
            author={commit.author}
            href={commitPath}
          />
        ) : (
          <code className={styles.code}>{revision.hash}</code>
        )}
        {commit?.at && (
          <span className={styles.quiet}>
            , <RelativeTime at={commit.at} />
          </span>
        )}
      </Fact>
      <Fact label="Deployed">
        <RelativeTime at={revision.at} />
        {revision.by && (
          <>
            {' by '}
            <EntityRefLink
              entityRef={revision.by}
              defaultKind="user"
              hideIcon
            />
          </>
        )}
      </Fact>
      <Fact label={revision.images.length === 1 ? 'Image' : 'Images'}>
        <code className={styles.code}>{revision.images.join(', ')}</code>
      </Fact>
    </>
  );
}
