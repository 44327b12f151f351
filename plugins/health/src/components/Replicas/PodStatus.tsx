import { Status, StatusValue } from '@ghostlight/plugin-ghostlight-react';
import type { PodHealth, PodState } from '@ghostlight/plugin-health-common';
import styles from './Replicas.module.css';

/** In order of how much they need a person. */
const looks: Record<PodState, { value: StatusValue; word: string }> = {
  crashing: { value: 'failing', word: 'Crashing' },
  failed: { value: 'failing', word: 'Failed' },
  'not ready': { value: 'degraded', word: 'Not ready' },
  unknown: { value: 'unknown', word: 'Unknown' },
  pending: { value: 'paused', word: 'Pending' },
  starting: { value: 'running', word: 'Starting' },
  terminating: { value: 'aborted', word: 'Terminating' },
  ready: { value: 'healthy', word: 'Ready' },
  completed: { value: 'done', word: 'Completed' },
};

const order = Object.keys(looks);

/** The state of a replica, and why it is not ready in words. */
export function PodStatus(props: { pod: PodHealth; isCurrent: boolean }) {
  const { pod, isCurrent } = props;
  const { value, word } = looks[pod.state];
  return (
    <div className={styles.state}>
      {isCurrent ? (
        <Status value={value} word={word} />
      ) : (
        <Status value="unknown" word={`Was ${word.toLocaleLowerCase('en')}`} />
      )}
      {pod.reason && <div className={styles.reason}>{pod.reason}</div>}
    </div>
  );
}

/** Sorts replicas in trouble to the top, then by name. */
export function troubleFirst(a: PodHealth, b: PodHealth): number {
  return (
    order.indexOf(a.state) - order.indexOf(b.state) ||
    a.name.localeCompare(b.name)
  );
}
