import type { HealthPoint } from '@ghostlight/plugin-health-common';
import { budgetWords } from './objectiveWords';
import styles from './Objectives.module.css';
import { sparkline } from './sparkline';

const width = 160;
const height = 40;

export interface BudgetLineProps {
  /** Of the objective. */
  name: string;
  points: HealthPoint[];
}

/** The budget left over the last hours, from none at the bottom to all at the top. */
export function BudgetLine(props: BudgetLineProps) {
  const { name, points } = props;
  const measured = points.filter(([, value]) => value !== null);
  if (measured.length < 2) {
    return null;
  }
  const [firstAt, first] = measured[0];
  const [lastAt, last] = measured[measured.length - 1];
  const hours = Math.max(1, Math.round((lastAt - firstAt) / 3600));
  const line = sparkline(points, { width, height, from: 0, to: 1 });
  return (
    <figure className={styles.history}>
      <svg
        className={styles.line}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`Budget of ${name} over the last ${hours} h: from ${budgetWords(
          first ?? 0,
        )} to ${budgetWords(last ?? 0)}`}
      >
        <path className={styles.floor} d={`M0 ${height - 0.5}H${width}`} />
        <path className={styles.trace} d={line} />
      </svg>
      <figcaption className={styles.quiet}>last {hours} h</figcaption>
    </figure>
  );
}
