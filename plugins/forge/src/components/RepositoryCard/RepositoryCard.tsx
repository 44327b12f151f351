import { useEntity } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import {
  CommitRef,
  EmptyState,
  Panel,
  RelativeTime,
} from '@ghostlight/plugin-ghostlight-react';
import { ANNOTATION_REPOSITORY } from '@ghostlight/plugin-forge-common';
import { useForgeQuery } from '../../api';
import { useForgePaths } from '../../paths';
import { Answer } from '../Answer';
import styles from './RepositoryCard.module.css';

/** Where the source of the entity is, and its newest commit. */
export function RepositoryCard() {
  const { entity } = useEntity();
  const name = entity.metadata.annotations?.[ANNOTATION_REPOSITORY] ?? '';
  const paths = useForgePaths();
  const query = useForgeQuery(['repository', name], async (forge, options) => ({
    repository: await forge.getRepository(name, options),
  }));
  return (
    <Panel
      title="Repository"
      actions={<Link href={paths.repository(name)}>Files and history</Link>}
    >
      <Answer query={query} what={`repository ${name}`}>
        {({ repository }) =>
          repository ? (
            <div className={styles.card}>
              <Link href={paths.repository(name)}>{name}</Link>
              {repository.head ? (
                <span>
                  <CommitRef
                    sha={repository.head.sha}
                    message={repository.head.message}
                    author={repository.head.author.name}
                    href={paths.commit(name, repository.head.sha)}
                  />
                  , <RelativeTime at={repository.head.at} />
                </span>
              ) : (
                <span>Nothing is committed yet</span>
              )}
            </div>
          ) : (
            <EmptyState title={`The forge has no repository "${name}"`}>
              Correct the annotation {ANNOTATION_REPOSITORY} in
              catalog-info.yaml.
            </EmptyState>
          )
        }
      </Answer>
    </Panel>
  );
}
