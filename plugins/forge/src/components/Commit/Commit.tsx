import { Link } from '@backstage/ui';
import { Fact, Facts, RelativeTime } from '@ghostlight/plugin-ghostlight-react';
import { useParams } from 'react-router-dom';
import { useForgeQuery } from '../../api';
import { useForgePaths } from '../../paths';
import { Answer } from '../Answer';
import { Diff } from '../Diff';
import { Author } from '../History';
import { useRepository } from '../Repository';
import { DeployLink } from './DeployLink';
import styles from './Commit.module.css';

/** One commit: who, when, why, and what it changed. */
export function Commit() {
  const { sha = '' } = useParams();
  const { name } = useRepository();
  const paths = useForgePaths();
  const commit = useForgeQuery(
    ['repository', name, 'commit', sha],
    (forge, options) => forge.getCommit(name, sha, options),
  );
  const diff = useForgeQuery(
    ['repository', name, 'diff', sha],
    (forge, options) => forge.getDiff(name, { to: sha }, options),
  );
  return (
    <div className={styles.commit}>
      <Answer query={commit} what={`commit ${sha.slice(0, 7)}`}>
        {({ message, author, at, parents, ...found }) => {
          const [subject, ...body] = message.split('\n');
          return (
            <header className={styles.header}>
              <div className={styles.top}>
                <h3 className={styles.subject}>{subject}</h3>
                <DeployLink repository={name} sha={found.sha} />
              </div>
              {body.length > 0 && (
                <pre className={styles.body}>{body.join('\n').trim()}</pre>
              )}
              <Facts>
                <Fact label="Author">
                  <Author author={author} />
                </Fact>
                <Fact label="When">
                  <RelativeTime at={at} />
                </Fact>
                <Fact label="Commit">
                  <code className={styles.sha}>{found.sha}</code>
                </Fact>
                {parents.map(parent => (
                  <Fact key={parent} label="Parent">
                    <Link href={paths.commit(name, parent)}>
                      {parent.slice(0, 7)}
                    </Link>
                  </Fact>
                ))}
              </Facts>
            </header>
          );
        }}
      </Answer>
      {commit.data && (
        <Answer query={diff} what="what it changed">
          {found => <Diff diff={found} />}
        </Answer>
      )}
    </div>
  );
}
