import type { ObjectiveHealth } from '@ghostlight/plugin-health-common';
import { budgetWords } from './objectiveWords';
import styles from './Objectives.module.css';

const tones: Record<ObjectiveHealth['status'], string> = {
  met: styles.calm,
  'at-risk': styles.warn,
  breached: styles.bad,
  unknown: styles.calm,
};

export interface BudgetMeterProps {
  /** Of the objective. */
  name: string;
  /** 1 all, 0 none, negative overspent. */
  left: number;
  status: ObjectiveHealth['status'];
}

/** How much is left, as a bar that empties; what it says stands beside it in words. */
export function BudgetMeter(props: BudgetMeterProps) {
  const { name, left, status } = props;
  const share = Math.min(1, Math.max(0, left));
  return (
    <div
      className={styles.track}
      role="meter"
      aria-label={`Budget of ${name}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={budgetWords(left)}
    >
      <div
        className={[styles.bar, tones[status]].join(' ')}
        style={{ width: `${share * 100}%` }}
      />
    </div>
  );
}
