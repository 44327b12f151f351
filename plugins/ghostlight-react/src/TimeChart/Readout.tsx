import { useChartGroup } from './ChartGroup';
import { formatMeasure } from './formatMeasure';
import { isFresh, lastKnown, newestValue, noData } from './gaps';
import type { PlotRow } from './plotRows';
import styles from './TimeChart.module.css';
import { formatPointTime } from './timeTicks';
import type { ChartSeries, ChartUnit } from './types';
import { useCrosshair } from './useCrosshair';

export interface ReadoutProps {
  series: readonly ChartSeries[];
  rows: readonly PlotRow[];
  times: readonly number[];
  unit: ChartUnit;
  missing: (at: number) => string;
  /** What the figures are taken over. */
  note?: string;
}

/** The values in figures: at the crosshair, else the newest. */
export function Readout(props: ReadoutProps) {
  const { series, rows, times, unit, missing, note } = props;
  const { window, crosshair } = useChartGroup();
  const at = useCrosshair(crosshair, times);
  if (at !== -1) {
    const row = rows[at];
    return (
      <Values
        series={series}
        note={note}
        words={row.values.map(value =>
          value === null ? undefined : formatMeasure(value, unit),
        )}
        otherwise={missing(row.at)}
      />
    );
  }
  return (
    <Values
      series={series}
      note={note}
      words={series.map(({ points }) => {
        const value = newestValue(points, window);
        return value === undefined ? undefined : formatMeasure(value, unit);
      })}
      otherwise={absence(
        missing(window.to),
        latest(series),
        window.stepSeconds,
      )}
    />
  );
}

/** Of when the values in figures are: a time, or "now". */
export function ReadoutTime(props: Pick<ReadoutProps, 'series' | 'times'>) {
  const { series, times } = props;
  const { window, isLive, crosshair } = useChartGroup();
  const at = useCrosshair(crosshair, times);
  if (at !== -1) {
    return (
      <span className={styles.when}>
        {formatPointTime(times[at], window.stepSeconds)}
      </span>
    );
  }
  const latestAt = latest(series);
  if (!isFresh(latestAt, window)) {
    return null;
  }
  return (
    <span className={styles.when}>
      {isLive ? 'now' : formatPointTime(latestAt, window.stepSeconds)}
    </span>
  );
}

/** When any of the series was last measured. */
function latest(series: readonly ChartSeries[]): number {
  return Math.max(
    ...series.map(
      ({ points }) => lastKnown(points)?.at ?? Number.NEGATIVE_INFINITY,
    ),
  );
}

/** "no data since 14:02", or what else is known of why. */
function absence(words: string, latestAt: number, stepSeconds: number) {
  return words === noData && Number.isFinite(latestAt)
    ? `${noData} since ${formatPointTime(latestAt, stepSeconds)}`
    : words;
}

function Values(props: {
  series: readonly ChartSeries[];
  words: (string | undefined)[];
  otherwise: string;
  note: string | undefined;
}) {
  const { series, words, otherwise, note } = props;
  const isMany = series.length > 1;
  if (words.every(word => word === undefined)) {
    return (
      <p className={styles.readout}>
        <span className={styles.absent}>{otherwise}</span>
      </p>
    );
  }
  return (
    <p className={styles.readout}>
      {series
        .map(({ name, look = 'strong' }, n) => ({ name, look, n }))
        // What the chart is about stands first.
        .sort(
          (a, b) => Number(b.look === 'strong') - Number(a.look === 'strong'),
        )
        .map(({ name, look, n }) => (
          <span
            key={name}
            className={look === 'strong' ? styles.strong : styles.quiet}
          >
            {words[n] ?? noData}
            {isMany && ` ${name}`}
          </span>
        ))}
      {note && <span className={styles.quiet}>{note}</span>}
    </p>
  );
}
