import { MarkdownContent } from '@backstage/core-components';
import { Badge } from '@backstage/ui';
import { Fact, Facts, RelativeTime } from '@ghostlight/plugin-ghostlight-react';
import { useParams } from 'react-router-dom';
import { useForgeQuery } from '../../api';
import { Answer } from '../Answer';
import { Diff } from '../Diff';
import { useRepository } from '../Repository';
import { Opener } from './ChangeRequests';
import styles from './ChangeRequests.module.css';
import { MergePanel } from './MergePanel';

/** One change request: why, what changes, and merging it. */
export function ChangeRequest() {
  const number = Number(useParams().number);
  const { name } = useRepository();
  const request = useForgeQuery(
    ['repository', name, 'changes', number],
    (forge, options) => forge.getChangeRequest(name, number, options),
  );
  const diff = useForgeQuery(
    ['repository', name, 'changes', number, 'diff'],
    (forge, options) => forge.getChangeRequestDiff(name, number, options),
  );
  return (
    <Answer query={request} what={`change request ${number}`}>
      {found => (
        <div className={styles.page}>
          <header className={styles.form}>
            <h3 className={styles.title}>
              {found.number}: {found.title} <Badge>{found.state}</Badge>
            </h3>
            <Facts>
              <Fact label="Branches">
                {found.source} into {found.target}
              </Fact>
              <Fact label="Author">
                <Opener author={found.author} />
              </Fact>
              <Fact label="Opened">
                <RelativeTime at={found.createdAt} />
              </Fact>
              {found.closedBy && (
                <Fact
                  label={found.state === 'merged' ? 'Merged by' : 'Closed by'}
                >
                  <Opener author={found.closedBy} />
                </Fact>
              )}
            </Facts>
            {found.description && (
              <MarkdownContent content={found.description} />
            )}
          </header>
          {found.state === 'open' && (
            <MergePanel request={found} head={diff.data?.to} />
          )}
          <Answer query={diff} what="what it changes">
            {changes => <Diff diff={changes} />}
          </Answer>
        </div>
      )}
    </Answer>
  );
}
