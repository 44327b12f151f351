import { Status } from '@ghostlight/plugin-ghostlight-react';
import type { ObjectiveHealth } from '@ghostlight/plugin-health-common';
import { BudgetLine } from './BudgetLine';
import { BudgetMeter } from './BudgetMeter';
import { BurnRates } from './BurnRates';
import styles from './Objectives.module.css';
import { objectiveLooks } from './objectiveLooks';
import { promiseWords, usedWords } from './objectiveWords';

/** One promise: whether it is kept, how much of its budget is left, how fast it goes. */
export function Objective(props: { objective: ObjectiveHealth }) {
  const { objective } = props;
  const { slo, status, sentence, budgetLeft, burnRates, notes } = objective;
  const used = usedWords(objective);
  return (
    <li className={styles.objective}>
      <div className={styles.head}>
        <h4 className={styles.name}>{slo.name}</h4>
        <Status {...objectiveLooks[status]} />
        <p className={styles.promise}>
          {promiseWords(slo)}
          {slo.description && <>. {slo.description}</>}
        </p>
      </div>
      <div className={styles.figures}>
        <div className={styles.budget}>
          {budgetLeft !== undefined && (
            <BudgetMeter name={slo.name} left={budgetLeft} status={status} />
          )}
          <p className={styles.sentence}>{sentence}</p>
          {used && <p className={styles.quiet}>{used}</p>}
        </div>
        <BudgetLine name={slo.name} points={objective.history} />
      </div>
      {notes.map(note => (
        <p key={note} className={styles.quiet}>
          {note}
        </p>
      ))}
      {burnRates.length > 0 && <BurnRates name={slo.name} rates={burnRates} />}
    </li>
  );
}
