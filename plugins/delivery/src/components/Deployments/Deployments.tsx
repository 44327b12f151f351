import { Button } from '@backstage/ui';
import { Deployment, isFinal } from '@ghostlight/plugin-delivery-common';
import {
  CodeBlock,
  CommitRef,
  DataColumn,
  DataTable,
  EmptyState,
  ErrorState,
  formatDuration,
  Loading,
  Panel,
  RelativeTime,
  Status,
  TableSkeleton,
} from '@ghostlight/plugin-ghostlight-react';
import { useState } from 'react';
import { useDeploymentLog } from '../../api';
import { deploymentLook } from '../../facts/deploymentLook';
import { useForgeCommitPath } from '../../facts/useForgeCommitPath';
import { By } from '../Environments/Environments';
import styles from './Deployments.module.css';

const ORIGINS: Record<Deployment['origin'], string> = {
  push: 'a push',
  template: 'its template',
  manual: 'hand',
};

/** What was deployed, newest first, and the log of one of them. */
export function Deployments(props: {
  deployments: readonly Deployment[];
  repository: string;
}) {
  const { deployments, repository } = props;
  const path = useForgeCommitPath(repository);
  const [open, setOpen] = useState<string>();
  const shown = deployments.find(({ id }) => id === open);
  const columns: DataColumn<Deployment>[] = [
    {
      id: 'commit',
      title: 'Commit',
      rowHeader: true,
      render: ({ sha }) => <CommitRef sha={sha} href={path(sha)} />,
    },
    {
      id: 'state',
      title: 'Outcome',
      render: deployment => {
        const { value, word } = deploymentLook(deployment);
        return (
          <>
            <Status value={value} word={word} variant="plain" />
            {deployment.reason && (
              <div className={styles.reason}>{deployment.reason}</div>
            )}
          </>
        );
      },
    },
    {
      id: 'environment',
      title: 'Environment',
      render: ({ environment }) => environment,
    },
    {
      id: 'when',
      title: 'When',
      render: ({ startedAt }) => <RelativeTime at={startedAt} />,
    },
    {
      id: 'took',
      title: 'Took',
      numeric: true,
      render: ({ startedAt, finishedAt }) =>
        finishedAt
          ? formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))
          : '',
    },
    {
      id: 'by',
      title: 'By',
      render: deployment => (
        <>
          <By deployment={deployment} />, by {ORIGINS[deployment.origin]}
        </>
      ),
    },
    {
      id: 'log',
      title: 'Log',
      render: ({ id, sha }) => (
        <Button
          size="small"
          variant="tertiary"
          aria-expanded={open === id}
          aria-label={`${open === id ? 'Hide log' : 'Show log'} of ${sha.slice(
            0,
            7,
          )}`}
          onPress={() => setOpen(open === id ? undefined : id)}
        >
          {open === id ? 'Hide log' : 'Show log'}
        </Button>
      ),
    },
  ];
  return (
    <Panel title="Deployments" note={`the last ${deployments.length}`} flush>
      {deployments.length > 0 ? (
        <DataTable
          caption="Deployments, newest first"
          columns={columns}
          rows={deployments}
          rowKey={({ id }) => id}
        />
      ) : (
        <EmptyState title="Nothing was deployed yet">
          Push to its default branch, or deploy a commit of the list above.
        </EmptyState>
      )}
      {shown && <Log key={shown.id} deployment={shown} />}
    </Panel>
  );
}

function Log({ deployment }: { deployment: Deployment }) {
  const log = useDeploymentLog(deployment.id, !isFinal(deployment.state));
  const title = `Log of ${deployment.sha.slice(0, 7)}`;
  return (
    <div className={styles.log}>
      {log.error && !log.data && (
        <ErrorState
          what="Could not read the log"
          error={log.error}
          isRetrying={log.isFetching}
          onRetry={() => log.refetch()}
        />
      )}
      {log.isPending && (
        <Loading label={title}>
          <TableSkeleton />
        </Loading>
      )}
      {log.data && (
        <CodeBlock
          label={title}
          code={
            log.data.lines.map(({ line }) => line).join('\n') ||
            'Nothing was written yet.'
          }
        />
      )}
    </div>
  );
}
