import { Link } from '@backstage/ui';
import {
  CommitRef,
  DataColumn,
  DataTable,
  EmptyState,
  Panel,
  RelativeTime,
} from '@ghostlight/plugin-ghostlight-react';
import type { Branch } from '@ghostlight/plugin-forge-common';
import { useForgeQuery } from '../../api';
import { ForgePaths, useForgePaths } from '../../paths';
import { Answer } from '../Answer';
import { useRepository } from '../Repository';

function columns(name: string, paths: ForgePaths): DataColumn<Branch>[] {
  return [
    {
      id: 'branch',
      title: 'Branch',
      rowHeader: true,
      render: branch => (
        <>
          <Link
            href={paths.tree(
              name,
              '',
              branch.isDefault ? undefined : branch.name,
            )}
          >
            {branch.name}
          </Link>
          {branch.isDefault && ' (default)'}
        </>
      ),
    },
    {
      id: 'head',
      title: 'Newest commit',
      render: ({ head }) => (
        <CommitRef
          sha={head.sha}
          message={head.message}
          author={head.author.name}
          href={paths.commit(name, head.sha)}
        />
      ),
    },
    {
      id: 'when',
      title: 'When',
      render: ({ head }) => <RelativeTime at={head.at} />,
    },
    {
      id: 'history',
      title: 'More',
      render: branch => (
        <Link href={paths.commits(name, { ref: branch.name })}>History</Link>
      ),
    },
  ];
}

/** Branches with their newest commit. */
export function Branches() {
  const { name } = useRepository();
  const paths = useForgePaths();
  const query = useForgeQuery(
    ['repository', name, 'branches'],
    (forge, options) => forge.listBranches(name, options),
  );
  return (
    <Answer query={query} what={`the branches of ${name}`}>
      {branches =>
        branches.length > 0 ? (
          <Panel title="Branches" note={`${branches.length}`} flush>
            <DataTable
              caption="Branches"
              columns={columns(name, paths)}
              rows={branches}
              rowKey={branch => branch.name}
            />
          </Panel>
        ) : (
          <EmptyState title="There are no branches yet">
            The first push makes one.
          </EmptyState>
        )
      }
    </Answer>
  );
}
