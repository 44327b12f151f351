import { Button } from '@backstage/ui';
import {
  CommitRef,
  DataColumn,
  DataTable,
  EmptyState,
  ErrorState,
  Loading,
  Panel,
  RelativeTime,
  TableSkeleton,
} from '@ghostlight/plugin-ghostlight-react';
import type { Commit } from '@ghostlight/plugin-forge-common';
import { useCommits } from '../../api';
import type { Standing } from '../../facts/standing';
import { useForgeCommitPath } from '../../facts/useForgeCommitPath';

const SHOWN = 10;

/** The newest commits, where each of them runs, and a way to deploy it. */
export function Commits(props: {
  repository: string;
  standings: readonly Standing[];
  onDeploy: (sha: string) => void;
}) {
  const { repository, standings, onDeploy } = props;
  const commits = useCommits(repository, undefined);
  const path = useForgeCommitPath(repository);
  const columns: DataColumn<Commit>[] = [
    {
      id: 'commit',
      title: 'Commit',
      rowHeader: true,
      render: ({ sha, message }) => (
        <CommitRef sha={sha} message={message} href={path(sha)} />
      ),
    },
    { id: 'author', title: 'Author', render: ({ author }) => author.name },
    {
      id: 'when',
      title: 'When',
      render: ({ at }) => <RelativeTime at={at} />,
    },
    {
      id: 'where',
      title: 'Deployed to',
      render: ({ sha }) =>
        standings
          .filter(({ current }) => current?.sha === sha)
          .map(({ environment }) => environment.name)
          .join(', '),
    },
    {
      id: 'deploy',
      title: 'Action',
      render: ({ sha }) => (
        <Button
          size="small"
          variant="secondary"
          aria-label={`Deploy ${sha.slice(0, 7)}`}
          onPress={() => onDeploy(sha)}
        >
          Deploy
        </Button>
      ),
    },
  ];
  return (
    <Panel
      title="Commits"
      note={`the newest ${SHOWN} of its default branch`}
      flush
    >
      {commits.error && !commits.data && (
        <ErrorState
          what={`Could not read the commits of ${repository}`}
          error={commits.error}
          isRetrying={commits.isFetching}
          onRetry={() => commits.refetch()}
        />
      )}
      {commits.isPending && (
        <Loading label={`Reading the commits of ${repository}`}>
          <TableSkeleton />
        </Loading>
      )}
      {commits.data?.length === 0 && (
        <EmptyState title={`${repository} has no commits yet`}>
          Push one to deploy it.
        </EmptyState>
      )}
      {commits.data && commits.data.length > 0 && (
        <DataTable
          caption="Commits that can be deployed"
          columns={columns}
          rows={commits.data.slice(0, SHOWN)}
          rowKey={({ sha }) => sha}
        />
      )}
    </Panel>
  );
}
