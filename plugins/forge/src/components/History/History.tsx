import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  CommitRef,
  DataColumn,
  DataTable,
  EmptyState,
  Panel,
  RelativeTime,
} from '@ghostlight/plugin-ghostlight-react';
import type { Commit, Person } from '@ghostlight/plugin-forge-common';
import { useSearchParams } from 'react-router-dom';
import { useForgeQuery } from '../../api';
import { ForgePaths, useForgePaths } from '../../paths';
import { Answer } from '../Answer';
import { Pager } from '../Pager';
import { useRepository } from '../Repository';

/** Who wrote a commit; a link when the catalog knows them. */
export function Author({ author }: { author: Person }) {
  return author.ref ? (
    <EntityRefLink entityRef={author.ref} title={author.name} hideIcon />
  ) : (
    <span title={author.email}>{author.name}</span>
  );
}

function columns(name: string, paths: ForgePaths): DataColumn<Commit>[] {
  return [
    {
      id: 'commit',
      title: 'Commit',
      rowHeader: true,
      render: ({ sha, message }) => (
        <CommitRef sha={sha} message={message} href={paths.commit(name, sha)} />
      ),
    },
    {
      id: 'author',
      title: 'Author',
      render: ({ author }) => <Author author={author} />,
    },
    {
      id: 'when',
      title: 'When',
      render: ({ at }) => <RelativeTime at={at} />,
    },
  ];
}

/** Commits, newest first, of a branch and of a path when one is given. */
export function History() {
  const { name, defaultBranch } = useRepository();
  const paths = useForgePaths();
  const [params, setParams] = useSearchParams();
  const branch = params.get('ref') ?? undefined;
  const path = params.get('path') ?? undefined;
  const page = Number(params.get('page') ?? 1);
  const query = useForgeQuery(
    ['repository', name, 'commits', branch, path, page],
    (forge, options) =>
      forge.listCommits(name, { branch, path, page }, options),
    { keepPrevious: true },
  );
  const of = [path && `of ${path}`, `on ${branch ?? defaultBranch}`]
    .filter(Boolean)
    .join(' ');
  return (
    <Answer query={query} what={`the history of ${name}`}>
      {({ items, nextPage }) =>
        items.length > 0 ? (
          <>
            <Panel title="History" note={of} flush>
              <DataTable
                caption={`Commits ${of}`}
                columns={columns(name, paths)}
                rows={items}
                rowKey={commit => commit.sha}
              />
            </Panel>
            <Pager
              page={page}
              hasNext={nextPage !== undefined}
              onPage={next =>
                setParams(now => {
                  now.set('page', `${next}`);
                  return now;
                })
              }
            />
          </>
        ) : (
          <EmptyState title={`There are no commits ${of}`} />
        )
      }
    </Answer>
  );
}
