import { formatMeasure } from './formatMeasure';
import type { PlotRow } from './plotRows';
import styles from './TimeChart.module.css';
import { formatPointTime } from './timeTicks';
import type { ChartSeries, ChartUnit } from './types';

export interface ChartTableProps {
  title: string;
  series: readonly ChartSeries[];
  rows: readonly PlotRow[];
  unit: ChartUnit;
  stepSeconds: number;
  missing: (at: number) => string;
  height: number;
}

/** The same figures to read instead of to look at, newest first. */
export function ChartTable(props: ChartTableProps) {
  const { title, series, rows, unit, stepSeconds, missing, height } = props;
  return (
    <div
      className={styles.tableRoom}
      style={{ height }}
      role="region"
      aria-label={`${title} as a table`}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must be reachable by keyboard
      tabIndex={0}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {series.map(({ name }) => (
              <th key={name} scope="col" className={styles.numeric}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows].reverse().map(row => (
            <tr key={row.at}>
              <th scope="row">{formatPointTime(row.at, stepSeconds)}</th>
              {row.values.map((value, n) => (
                <td key={series[n].name} className={styles.numeric}>
                  {value === null ? (
                    <span className={styles.absent}>{missing(row.at)}</span>
                  ) : (
                    formatMeasure(value, unit)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
