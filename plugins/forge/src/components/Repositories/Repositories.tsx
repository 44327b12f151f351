import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ButtonLink, Link, SearchField } from '@backstage/ui';
import {
  CommitRef,
  DataColumn,
  DataTable,
  EmptyState,
  formatCount,
  Panel,
  RelativeTime,
} from '@ghostlight/plugin-ghostlight-react';
import type { Repository } from '@ghostlight/plugin-forge-common';
import { useDeferredValue } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useForgeQuery } from '../../api';
import { ForgePaths, useForgePaths } from '../../paths';
import { Answer } from '../Answer';
import { Pager } from '../Pager';
import styles from './Repositories.module.css';

const PAGE_SIZE = 30;

function columns(paths: ForgePaths): DataColumn<Repository>[] {
  return [
    {
      id: 'name',
      title: 'Repository',
      rowHeader: true,
      render: ({ name, description }) => (
        <>
          <Link href={paths.repository(name)}>{name}</Link>
          {description && (
            <span className={styles.description}>{description}</span>
          )}
        </>
      ),
    },
    {
      id: 'owner',
      title: 'Owner',
      render: ({ owner }) => <EntityRefLink entityRef={owner} hideIcon />,
    },
    {
      id: 'head',
      title: 'Last commit',
      render: ({ name, head }) =>
        head ? (
          <CommitRef
            sha={head.sha}
            message={head.message}
            author={head.author.name}
            href={paths.commit(name, head.sha)}
          />
        ) : (
          'Nothing committed yet'
        ),
    },
    {
      id: 'when',
      title: 'When',
      render: ({ head, createdAt }) => (
        <RelativeTime at={head?.at ?? createdAt} />
      ),
    },
  ];
}

/** All repositories, searched and paged by the forge. */
export function Repositories() {
  const paths = useForgePaths();
  const [params, setParams] = useSearchParams();
  const search = params.get('q') ?? '';
  const page = Number(params.get('page') ?? 1);
  const asked = useDeferredValue(search);
  const query = useForgeQuery(
    ['repositories', asked, page],
    (forge, options) =>
      forge.listRepositories(
        { search: asked || undefined, page, pageSize: PAGE_SIZE },
        options,
      ),
    { keepPrevious: true },
  );
  return (
    <div className={styles.page}>
      <SearchField
        className={styles.search}
        aria-label="Search repositories"
        placeholder="Search by name, description or owner"
        value={search}
        onChange={value =>
          setParams(value ? { q: value } : {}, { replace: true })
        }
      />
      <Answer query={query} what="the repositories">
        {({ items, total }) => (
          <>
            {items.length > 0 && (
              <Panel title="Repositories" note={formatCount(total)} flush>
                <DataTable
                  caption="Repositories"
                  columns={columns(paths)}
                  rows={items}
                  rowKey={repository => repository.name}
                />
              </Panel>
            )}
            {items.length === 0 && asked && (
              <EmptyState title={`No repository matches "${asked}"`}>
                Names, descriptions and owners were searched.
              </EmptyState>
            )}
            {items.length === 0 && !asked && (
              <EmptyState
                title="There are no repositories yet"
                actions={
                  <ButtonLink href="/create" variant="primary">
                    Create a service
                  </ButtonLink>
                }
              >
                A service that is created from a template brings its repository
                with it.
              </EmptyState>
            )}
            <Pager
              page={page}
              hasNext={page * PAGE_SIZE < total}
              onPage={next =>
                setParams({ ...(search && { q: search }), page: `${next}` })
              }
            />
          </>
        )}
      </Answer>
    </div>
  );
}
