import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Link, Select } from '@backstage/ui';
import {
  DataColumn,
  DataTable,
  EmptyState,
  Panel,
  RelativeTime,
} from '@ghostlight/plugin-ghostlight-react';
import type { ChangeRequest } from '@ghostlight/plugin-forge-common';
import { useSearchParams } from 'react-router-dom';
import { useForgeQuery } from '../../api';
import { ForgePaths, useForgePaths } from '../../paths';
import { Answer } from '../Answer';
import { Pager } from '../Pager';
import { useRepository } from '../Repository';
import styles from './ChangeRequests.module.css';
import { OpenChangeRequest } from './OpenChangeRequest';

const PAGE_SIZE = 30;
const STATES = ['open', 'merged', 'closed'] as const;
const OPTIONS = [
  { value: 'open', label: 'Open' },
  { value: 'merged', label: 'Merged' },
  { value: 'closed', label: 'Closed' },
];

function columns(name: string, paths: ForgePaths): DataColumn<ChangeRequest>[] {
  return [
    {
      id: 'title',
      title: 'Change request',
      rowHeader: true,
      render: ({ number, title }) => (
        <Link href={paths.change(name, number)}>
          {number}: {title}
        </Link>
      ),
    },
    {
      id: 'branches',
      title: 'Branches',
      render: ({ source, target }) => `${source} into ${target}`,
    },
    {
      id: 'author',
      title: 'Author',
      render: ({ author }) => <Opener author={author} />,
    },
    {
      id: 'when',
      title: 'Last change',
      render: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
    },
  ];
}

/** Who opened it: a person, or a service under its own name. */
export function Opener({ author }: { author: string }) {
  return author.startsWith('user:') ? (
    <EntityRefLink entityRef={author} hideIcon />
  ) : (
    <>{author}</>
  );
}

/** Change requests of the repository, by state. */
export function ChangeRequests() {
  const { name } = useRepository();
  const paths = useForgePaths();
  const [params, setParams] = useSearchParams();
  const state = STATES.find(it => it === params.get('state')) ?? 'open';
  const page = Number(params.get('page') ?? 1);
  const query = useForgeQuery(
    ['repository', name, 'changes', state, page],
    (forge, options) =>
      forge.listChangeRequests(
        name,
        { state, page, pageSize: PAGE_SIZE },
        options,
      ),
  );
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <Select
          aria-label="State"
          size="small"
          options={OPTIONS}
          value={state}
          onChange={value => setParams({ state: `${value}` })}
        />
        <OpenChangeRequest />
      </div>
      <Answer query={query} what={`the change requests of ${name}`}>
        {({ items, total }) =>
          items.length > 0 ? (
            <>
              <Panel title="Change requests" note={`${total} ${state}`} flush>
                <DataTable
                  caption="Change requests"
                  columns={columns(name, paths)}
                  rows={items}
                  rowKey={request => `${request.number}`}
                />
              </Panel>
              <Pager
                page={page}
                hasNext={page * PAGE_SIZE < total}
                onPage={next => setParams({ state, page: `${next}` })}
              />
            </>
          ) : (
            <EmptyState title={`No change request is ${state}`}>
              Push a branch, then open one to have it reviewed and merged.
            </EmptyState>
          )
        }
      </Answer>
    </div>
  );
}
