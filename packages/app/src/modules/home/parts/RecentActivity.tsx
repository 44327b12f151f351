import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { Link, Text } from '@backstage/ui';
import { isFinal } from '@ghostlight/plugin-delivery-common';
import {
  EmptyState,
  ErrorState,
  Loading,
  Panel,
  RelativeTime,
} from '@ghostlight/plugin-ghostlight-react';
import {
  RiCheckLine,
  RiCloseLine,
  RiGitCommitLine,
  RiLoader4Line,
} from '@remixicon/react';
import type { Activity } from '../facts/activity';
import { commitPath, entityName, healthPath } from '../paths';
import { LineSkeletons } from './LineSkeletons';
import styles from './RecentActivity.module.css';

export interface RecentActivityProps {
  /** Missing while it is being read. */
  activity?: readonly Activity[];
  /** Components that are not in the catalog any more: there is no door to them. */
  removed: ReadonlySet<string>;
  /** What part could not be read. */
  problem?: { what: string; error: Error };
  onRetry: () => void;
}

/** Commits and deployments of everybody, newest first. */
export function RecentActivity(props: RecentActivityProps) {
  const { activity, removed, problem, onRetry } = props;
  return (
    <Panel title="Recent activity">
      {problem && (
        <ErrorState
          what={problem.what}
          error={problem.error}
          onRetry={onRetry}
        />
      )}
      {!activity && !problem && (
        <Loading label="Reading recent activity">
          <LineSkeletons count={4} tall />
        </Loading>
      )}
      {activity?.length === 0 && !problem && (
        <EmptyState title="Nothing has happened yet">
          Commits and deployments appear here as they are made.
        </EmptyState>
      )}
      {activity && activity.length > 0 && (
        <ol className={styles.list}>
          {activity.map(item => (
            <li key={item.id} className={styles.item}>
              {item.kind === 'commit' ? (
                <CommitLine {...item} />
              ) : (
                <DeploymentLine
                  {...item}
                  isRemoved={removed.has(item.deployment.entityRef)}
                />
              )}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function CommitLine(item: Extract<Activity, { kind: 'commit' }>) {
  const { repository, commit, at } = item;
  const subject = commit.message.split('\n', 1)[0];
  return (
    <>
      <RiGitCommitLine className={styles.icon} aria-label="Commit" role="img" />
      <div className={styles.words}>
        <Link href={commitPath(repository, commit.sha)} variant="body-medium">
          {subject}
        </Link>
        <p className={styles.quiet}>
          {commit.author.ref ? (
            <EntityDisplayName
              entityRef={commit.author.ref}
              hideIcon
              disableTooltip
            />
          ) : (
            commit.author.name
          )}{' '}
          to {repository}, <RelativeTime at={at} />
        </p>
      </div>
    </>
  );
}

function DeploymentLine(
  item: Extract<Activity, { kind: 'deployment' }> & { isRemoved: boolean },
) {
  const { deployment, at, isRemoved } = item;
  const { state, entityRef, environment, reason, sha } = deployment;
  const what = (
    <>
      {entityName(entityRef)} <code>{sha.slice(0, 7)}</code>{' '}
      {deploymentVerb(state)} {environment}
    </>
  );
  return (
    <>
      <DeploymentIcon state={state} />
      <div className={styles.words}>
        {isRemoved ? (
          <Text variant="body-medium">{what}</Text>
        ) : (
          <Link href={healthPath(entityRef)} variant="body-medium">
            {what}
          </Link>
        )}
        <p className={styles.quiet}>
          {deployment.by.startsWith('user:') && (
            <>
              <EntityDisplayName
                entityRef={deployment.by}
                hideIcon
                disableTooltip
              />
              ,{' '}
            </>
          )}
          <RelativeTime at={at} />
          {isRemoved && ', removed since'}
          {state === 'failed' && reason && `: ${reason}`}
        </p>
      </div>
    </>
  );
}

type DeploymentState = Extract<
  Activity,
  { kind: 'deployment' }
>['deployment']['state'];

function deploymentVerb(state: DeploymentState): string {
  if (state === 'succeeded') return 'reached';
  if (state === 'failed') return 'did not reach';
  return 'is on its way to';
}

function DeploymentIcon({ state }: { state: DeploymentState }) {
  if (!isFinal(state)) {
    return (
      <RiLoader4Line
        className={styles.moving}
        aria-label="Running"
        role="img"
      />
    );
  }
  return state === 'failed' ? (
    <RiCloseLine className={styles.failed} aria-label="Failed" role="img" />
  ) : (
    <RiCheckLine className={styles.icon} aria-label="Deployed" role="img" />
  );
}
