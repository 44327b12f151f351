import { Alert } from '@backstage/ui';
import {
  formatClock,
  Panel,
  RelativeTime,
  Sentence,
} from '@ghostlight/plugin-ghostlight-react';
import type {
  ClusterReachability,
  EnvironmentHealth,
} from '@ghostlight/plugin-health-common';
import { Events } from '../Events';
import { Logs } from '../Logs';
import { sentenceWords } from '../sentenceWords';
import { isSilent } from '../statusOrder';
import { Workload } from '../Workload';
import styles from './EnvironmentView.module.css';

export interface EnvironmentViewProps {
  entityRef: string;
  health: EnvironmentHealth;
}

/** One environment: the answer, then its workloads, logs and events. */
export function EnvironmentView(props: EnvironmentViewProps) {
  const { entityRef, health } = props;
  const { name } = health.environment;
  const { reachable } = health.cluster;
  return (
    <div className={styles.view}>
      <Sentence status={health.status}>
        {sentenceWords(health.sentence)}
      </Sentence>
      {!reachable && <Unreachable name={name} cluster={health.cluster} />}
      {isSilent(health) && (
        <Panel title={`Nothing runs in ${name} yet`}>
          <p className={styles.next}>
            It appears here by itself once it is deployed to {name}.
          </p>
        </Panel>
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
    <Alert
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
