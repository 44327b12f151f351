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
import { useCommit, useCommits } from '../../api';
import type { Standing } from '../../facts/standing';
import { useForgeCommitPath } from '../../facts/useForgeCommitPath';
import { useMayDeploy } from '../DeployDialog';
import styles from './Commits.module.css';

const SHOWN = 10;

/** The newest commits, where each of them runs, and a way to deploy it. */
export function Commits(props: {
  entityRef: string;
  repository: string;
  standings: readonly Standing[];
  onDeploy: (sha: string) => void;
}) {
  const { entityRef, repository, standings, onDeploy } = props;
  const commits = useCommits(repository, undefined);
  const mayDeploy = useMayDeploy(entityRef, standings[0]?.environment);
  const newest = commits.data?.slice(0, SHOWN) ?? [];
  // What runs may come from another branch, or be older than what is listed.
  const running = standings[0]?.current?.sha;
  const isListed = newest.some(({ sha }) => sha === running);
  const elsewhere = useCommit(repository, isListed ? undefined : running);
  const rows =
    newest.length > 0 && elsewhere.data ? [elsewhere.data, ...newest] : newest;
  const runningAt = rows.findIndex(({ sha }) => sha === running);
  const isBehind = (commit: Commit) =>
    isListed && rows.indexOf(commit) > runningAt;
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
      render: commit => {
        const words = isBehind(commit) ? 'Roll back to' : 'Deploy';
        const short = commit.sha.slice(0, 7);
        return (
          <Button
            size="small"
            variant="secondary"
            isDisabled={!mayDeploy}
            aria-label={`${words} ${short}`}
            onPress={() => onDeploy(commit.sha)}
          >
            {isBehind(commit) ? 'Roll back' : 'Deploy'}
          </Button>
        );
      },
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
          rows={rows}
          rowKey={({ sha }) => sha}
        />
      )}
      {mayDeploy === false && (
        <p className={styles.note}>
          Only owners of the component and operators deploy it.
        </p>
      )}
    </Panel>
  );
}
