import { Alert as Notice } from '@backstage/ui';
import {
  formatClock,
  Panel,
  RelativeTime,
} from '@ghostlight/plugin-ghostlight-react';
import type {
  ClusterReachability,
  EnvironmentHealth,
  HealthWindow,
} from '@ghostlight/plugin-health-common';
import { useMetrics } from '../../hooks';
import { Alerts } from '../Alerts';
import { Events } from '../Events';
import { Logs } from '../Logs';
import { Metrics } from '../Metrics';
import { Objectives } from '../Objectives';
import { isSilent } from '../statusOrder';
import { Workload } from '../Workload';
import { Answer } from './Answer';
import styles from './EnvironmentView.module.css';

const alertsId = 'alerts';

export interface EnvironmentViewProps {
  entityRef: string;
  health: EnvironmentHealth;
  /** Of the charts. */
  window: HealthWindow;
  /** The charts stay as they are. */
  isHeld: boolean;
}

/** One environment: the answer, how it does, what it promised, then its workloads, logs and events. */
export function EnvironmentView(props: EnvironmentViewProps) {
  const { entityRef, health, window, isHeld } = props;
  const { name } = health.environment;
  const { reachable } = health.cluster;
  const result = useMetrics(entityRef, name, window, isHeld);
  const isKnown = !result.error && !result.metrics?.problem;
  return (
    <div className={styles.view}>
      <Answer
        entityRef={entityRef}
        health={health}
        metrics={isKnown && !isHeld ? result.metrics : undefined}
        alertsId={alertsId}
      />
      {!reachable && <Unreachable name={name} cluster={health.cluster} />}
      {isSilent(health) && (
        <Panel title={`Nothing runs in ${name} yet`}>
          <p className={styles.next}>
            It appears here by itself once it is deployed to {name}.
          </p>
        </Panel>
      )}
      {!isSilent(health) && (
        <Metrics
          environment={name}
          window={window}
          result={result}
          isHeld={isHeld}
        />
      )}
      {!isSilent(health) && (
        <>
          <Objectives entityRef={entityRef} environment={name} />
          <div id={alertsId} className={styles.anchor} tabIndex={-1}>
            <Alerts entityRef={entityRef} environment={name} />
          </div>
        </>
      )}
      {health.workloads.map(workload => (
        <Workload
          key={`${workload.ref.namespace}/${workload.ref.kind}/${workload.ref.name}`}
          health={workload}
          isOnly={health.workloads.length === 1}
          isCurrent={reachable}
        />
      ))}
      {reachable && health.workloads.length > 0 && (
        <>
          <Logs
            entityRef={entityRef}
            environment={name}
            replicas={health.workloads.flatMap(({ pods }) =>
              pods.map(pod => pod.name),
            )}
          />
          <Events entityRef={entityRef} environment={name} />
        </>
      )}
    </div>
  );
}

function Unreachable(props: { name: string; cluster: ClusterReachability }) {
  const { name, cluster } = props;
  return (
    <Notice
      role="alert"
      status="warning"
      icon
      title={
        <>
          Out of reach since{' '}
          <RelativeTime at={cluster.since} format={formatClock} /> (
          <RelativeTime at={cluster.since} />)
        </>
      }
      description={`What follows is what was last known of ${name}. It is tried again by itself.`}
    />
  );
}
