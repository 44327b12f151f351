import { ButtonLink, Link } from '@backstage/ui';
import type { Deployment } from '@ghostlight/plugin-delivery-common';
import {
  CommitRef,
  EmptyState,
  ErrorState,
  formatPlural,
  Loading,
  Panel,
  RelativeTime,
  Status,
} from '@ghostlight/plugin-ghostlight-react';
import type { Alert, HealthSummary } from '@ghostlight/plugin-health-common';
import type { Component } from '../facts/component';
import { entityPath, healthPath } from '../paths';
import { LineSkeletons } from './LineSkeletons';
import styles from './MyComponents.module.css';

/** How many stand on the page before the catalog is the better place. */
const SHOWN = 8;

export interface MyComponentsProps {
  components?: readonly Component[];
  error?: Error | null;
  onRetry: () => void;
  summaries: ReadonlyMap<string, HealthSummary>;
  /** Health could not be read. */
  healthError?: Error;
  /** What fires of them; missing while it is not known. */
  alerts?: readonly Alert[];
  /** The newest deployment of each component that reached an environment. */
  deployed: ReadonlyMap<string, Deployment>;
}

/** What this person's teams own: how it is, and what runs of it. */
export function MyComponents(props: MyComponentsProps) {
  const { components, error, onRetry } = props;
  return (
    <Panel
      title="My components"
      note={components?.length ? String(components.length) : undefined}
      flush
      actions={
        components?.length ? (
          <Link
            href="/catalog?filters[kind]=component&filters[user]=owned"
            variant="body-small"
          >
            Open in catalog
          </Link>
        ) : undefined
      }
    >
      <div className={styles.body}>
        {!components && error && (
          <ErrorState
            what="Your components could not be read"
            error={error}
            onRetry={onRetry}
          />
        )}
        {!components && !error && (
          <Loading label="Reading your components">
            <LineSkeletons count={3} tall />
          </Loading>
        )}
        {components?.length === 0 && (
          <EmptyState
            title="Your teams own nothing yet"
            actions={
              <ButtonLink href="/create" variant="primary">
                Create a service
              </ButtonLink>
            }
          >
            A template makes a repository, builds it and starts it: about a
            minute.
          </EmptyState>
        )}
      </div>
      {components && components.length > 0 && (
        <ComponentList {...props} components={components} />
      )}
    </Panel>
  );
}

function ComponentList(
  props: MyComponentsProps & { components: readonly Component[] },
) {
  const { components, summaries, healthError, alerts, deployed } = props;
  const rest = components.length - SHOWN;
  return (
    <>
      {healthError && (
        <p className={styles.caveat}>
          Health could not be read: {healthError.message}
        </p>
      )}
      <ul className={styles.list}>
        {components.slice(0, SHOWN).map(component => (
          <ComponentRow
            key={component.ref}
            component={component}
            summary={summaries.get(component.ref)}
            alerts={
              alerts?.filter(({ entityRef }) => entityRef === component.ref)
                .length ?? 0
            }
            deployment={deployed.get(component.ref)}
          />
        ))}
      </ul>
      {rest > 0 && (
        <p className={styles.rest}>
          {rest} more in the{' '}
          <Link href="/catalog?filters[kind]=component&filters[user]=owned">
            catalog
          </Link>
        </p>
      )}
    </>
  );
}

function ComponentRow(props: {
  component: Component;
  summary?: HealthSummary;
  /** How many fire. */
  alerts: number;
  deployment?: Deployment;
}) {
  const { component, summary, alerts, deployment } = props;
  return (
    <li className={styles.row}>
      <div className={styles.name}>
        <Link
          href={entityPath(component.ref)}
          weight="bold"
          variant="body-medium"
        >
          {component.name}
        </Link>
        {component.system && (
          <span className={styles.quiet}>{component.system}</span>
        )}
      </div>
      <div className={styles.health}>
        {component.hasWorkload && summary && (
          <a
            className={styles.door}
            href={healthPath(component.ref)}
            title={summary.sentence}
          >
            <Status value={summary.status} />
          </a>
        )}
        {component.hasWorkload && summary && summary.desired > 0 && (
          <span className={styles.quiet}>
            {summary.ready} of {summary.desired} ready
          </span>
        )}
        {alerts > 0 && (
          <span className={styles.quiet}>
            {formatPlural(alerts, 'alert')} firing
          </span>
        )}
        {!component.hasWorkload && (
          <span className={styles.quiet}>No workload of its own</span>
        )}
      </div>
      <div className={styles.revision}>
        {deployment && (
          <>
            <CommitRef sha={deployment.sha} />
            <span className={styles.quiet}>
              {deployment.environment}{' '}
              <RelativeTime
                at={deployment.finishedAt ?? deployment.startedAt}
              />
            </span>
          </>
        )}
      </div>
    </li>
  );
}
