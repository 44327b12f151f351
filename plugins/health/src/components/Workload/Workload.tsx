import {
  Fact,
  Facts,
  formatPlural,
  Panel,
  Status,
} from '@ghostlight/plugin-ghostlight-react';
import type { WorkloadHealth } from '@ghostlight/plugin-health-common';
import { Replicas } from '../Replicas';
import { sentenceWords } from '../sentenceWords';
import { RevisionFacts } from './RevisionFacts';
import styles from './Workload.module.css';

export interface WorkloadProps {
  health: WorkloadHealth;
  /** The only workload needs no status of its own: it is that of the environment. */
  isOnly: boolean;
  /** False when the cluster is out of reach: then this is how it was. */
  isCurrent: boolean;
}

/** A workload: what runs, since when, by whom, and each of its replicas. */
export function Workload(props: WorkloadProps) {
  const { health, isOnly, isCurrent } = props;
  const { ref, revision, replicas, pods } = health;
  return (
    <Panel
      title={ref.name}
      note={`${ref.kind} in ${ref.namespace}${
        isCurrent ? '' : ', as last known'
      }`}
      actions={!isOnly && <Status value={health.status} />}
      flush
    >
      <div className={styles.facts}>
        {!isOnly && (
          <p className={styles.sentence}>{sentenceWords(health.sentence)}</p>
        )}
        <Facts>
          <Fact label="Replicas">
            {replicas.ready} of {replicas.desired}{' '}
            {isCurrent ? 'ready' : 'were ready'}
            {replicas.updated < replicas.desired &&
              `, ${replicas.updated} on the new revision`}
          </Fact>
          {revision && <RevisionFacts revision={revision} />}
        </Facts>
      </div>
      {pods.length > 0 ? (
        <Replicas
          workload={ref.name}
          pods={pods}
          revision={revision}
          isCurrent={isCurrent}
        />
      ) : (
        <p className={styles.none}>
          {replicas.desired === 0
            ? 'It is scaled to no replicas.'
            : `None of ${formatPlural(
                replicas.desired,
                'replica',
              )} exists yet: the events below may tell why.`}
        </p>
      )}
    </Panel>
  );
}
