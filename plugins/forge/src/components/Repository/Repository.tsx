import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ButtonLink } from '@backstage/ui';
import {
  EmptyState,
  Fact,
  Facts,
  RelativeTime,
} from '@ghostlight/plugin-ghostlight-react';
import type { Repository as RepositoryData } from '@ghostlight/plugin-forge-common';
import { RiArrowLeftLine } from '@remixicon/react';
import {
  Link,
  Outlet,
  useLocation,
  useOutletContext,
  useParams,
} from 'react-router-dom';
import { useForgeQuery } from '../../api';
import { useForgePaths } from '../../paths';
import { Answer } from '../Answer';
import { DeleteRepository } from './DeleteRepository';
import styles from './Repository.module.css';

/** The repository whose pages are open. */
export function useRepository(): RepositoryData {
  return useOutletContext<RepositoryData>();
}

/** One repository: whose it is, and its pages. */
export function Repository() {
  const { name = '' } = useParams();
  const paths = useForgePaths();
  const query = useForgeQuery(['repository', name], async (forge, options) => ({
    repository: await forge.getRepository(name, options),
  }));
  const here = useLocation().pathname.slice(paths.repository(name).length);
  const [, section = ''] = here.split('/');
  const pages = [
    {
      title: 'Files',
      href: paths.repository(name),
      sections: ['', 'tree', 'file'],
    },
    {
      title: 'History',
      href: paths.commits(name),
      sections: ['commits', 'commit'],
    },
    {
      title: 'Branches',
      href: paths.branches(name),
      sections: ['branches'],
    },
    {
      title: 'Change requests',
      href: paths.changes(name),
      sections: ['changes'],
    },
  ];
  return (
    <div className={styles.page}>
      <Link className={styles.back} to={paths.repositories()}>
        <RiArrowLeftLine size={16} aria-hidden /> Repositories
      </Link>
      <Answer query={query} what={`repository ${name}`}>
        {({ repository }) =>
          repository ? (
            <>
              <header className={styles.header}>
                <div className={styles.top}>
                  <h2 className={styles.name}>{repository.name}</h2>
                  <DeleteRepository name={repository.name} />
                </div>
                {repository.description && (
                  <p className={styles.description}>{repository.description}</p>
                )}
                <Facts>
                  <Fact label="Owner">
                    <EntityRefLink entityRef={repository.owner} hideIcon />
                  </Fact>
                  <Fact label="Default branch">{repository.defaultBranch}</Fact>
                  <Fact label={repository.head ? 'Last commit' : 'Created'}>
                    <RelativeTime
                      at={repository.head?.at ?? repository.createdAt}
                    />
                  </Fact>
                </Facts>
              </header>
              <nav
                className={styles.pages}
                aria-label="Pages of the repository"
              >
                {pages.map(({ title, href, sections }) => (
                  <Link
                    key={title}
                    className={styles.link}
                    to={href}
                    aria-current={
                      sections.includes(section) ? 'page' : undefined
                    }
                  >
                    {title}
                  </Link>
                ))}
              </nav>
              <Outlet context={repository} />
            </>
          ) : (
            <EmptyState
              title={`There is no repository "${name}"`}
              actions={
                <ButtonLink href={paths.repositories()} variant="secondary">
                  All repositories
                </ButtonLink>
              }
            >
              It may have been deleted or renamed.
            </EmptyState>
          )
        }
      </Answer>
    </div>
  );
}
