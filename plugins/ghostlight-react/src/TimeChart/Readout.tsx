import { useChartGroup } from './ChartGroup';
import { formatMeasure } from './formatMeasure';
import { isFresh, lastKnown, noData } from './gaps';
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
}

/** The values in figures: at the crosshair, else the newest. */
export function Readout(props: ReadoutProps) {
  const { series, rows, times, unit, missing } = props;
  const { window, isLive, crosshair } = useChartGroup();
  const at = useCrosshair(crosshair, times);
  const isMany = series.length > 1;
  if (at !== -1) {
    const row = rows[at];
    return (
      <p className={styles.readout}>
        <Values
          series={series}
          words={series.map((_, n) => {
            const value = row.values[n];
            return value === null ? undefined : formatMeasure(value, unit);
          })}
          isMany={isMany}
          otherwise={missing(row.at)}
        />
        <span className={styles.when}>
          {formatPointTime(row.at, window.stepSeconds)}
        </span>
      </p>
    );
  }
  const newest = series.map(({ points }) => lastKnown(points));
  const fresh = newest.map(known =>
    known && isFresh(known.at, window) ? known : undefined,
  );
  const latestAt = Math.max(
    ...newest.map(known => known?.at ?? Number.NEGATIVE_INFINITY),
  );
  const isAnyFresh = fresh.some(known => known !== undefined);
  return (
    <p className={styles.readout}>
      <Values
        series={series}
        words={fresh.map(known => known && formatMeasure(known.value, unit))}
        isMany={isMany}
        otherwise={absence(missing(window.to), latestAt, window.stepSeconds)}
      />
      {isAnyFresh && (
        <span className={styles.when}>
          {isLive ? 'now' : formatPointTime(latestAt, window.stepSeconds)}
        </span>
      )}
    </p>
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
  isMany: boolean;
  otherwise: string;
}) {
  const { series, words, isMany, otherwise } = props;
  if (words.every(word => word === undefined)) {
    return <span className={styles.absent}>{otherwise}</span>;
  }
  return (
    <>
      {series.map(({ name, tone = 'info', look = 'strong' }, n) => (
        <span
          key={name}
          className={look === 'strong' ? styles.strong : styles.quiet}
        >
          {isMany && (
            <span
              className={`${styles.swatch} ${styles[`swatch-${look}`]}`}
              style={{ color: `var(--gl-${tone})` }}
              aria-hidden
            />
          )}
          {words[n] ?? noData}
          {isMany && ` ${name}`}
        </span>
      ))}
    </>
  );
}
