import { formatMeasure } from './formatMeasure';
import { isFresh, lastKnown } from './gaps';
import { Geometry, margin } from './geometry';
import { placeLabels } from './placeLabels';
import styles from './TimeChart.module.css';
import type { ChartLimit, ChartSeries, ChartUnit, ChartWindow } from './types';

const labelHeightPx = 13;

export interface EndLabelsProps {
  series: readonly ChartSeries[];
  unit: ChartUnit;
  window: ChartWindow;
  geometry: Geometry;
  limit?: ChartLimit;
}

/** Names at the ends of the lines; a line that is alone needs none. */
export function EndLabels(props: EndLabelsProps) {
  const { series, unit, window, geometry, limit } = props;
  const ends = series.flatMap(({ name, tone = 'info', look, points }) => {
    const last = lastKnown(points);
    return last && isFresh(last.at, window) && series.length > 1
      ? [{ name, tone, look, y: geometry.yOf(last.value) - margin.top }]
      : [];
  });
  const places = placeLabels(
    ends.map(({ y }) => y),
    labelHeightPx,
    geometry.plotHeight,
  );
  return (
    <div aria-hidden>
      {ends.map(({ name, tone, look = 'strong' }, n) => (
        <span
          key={name}
          className={`${styles.end} ${look === 'strong' ? styles.strong : ''}`}
          style={{
            left: geometry.width - margin.right + 6,
            top: margin.top + places[n],
            color: `var(--gl-${tone})`,
          }}
        >
          {name}
        </span>
      ))}
      {limit && (
        <span
          className={styles.limit}
          style={{
            right: margin.right,
            top: Math.max(0, geometry.yOf(limit.value)),
          }}
        >
          {limit.label} {formatMeasure(limit.value, unit)}
        </span>
      )}
    </div>
  );
}
