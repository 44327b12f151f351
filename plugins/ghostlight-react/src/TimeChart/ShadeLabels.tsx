import { Geometry, margin } from './geometry';
import styles from './TimeChart.module.css';
import type { ChartShade, ChartWindow } from './types';

/** What the shaded stretches are, as far as there is room in them. */
export function ShadeLabels(props: {
  shades: readonly ChartShade[];
  window: ChartWindow;
  geometry: Geometry;
}) {
  const { shades, window, geometry } = props;
  return (
    <div aria-hidden>
      {shades.map(({ from, to, label, tone = 'info' }) => {
        const begin = Math.max(window.from, Date.parse(from) / 1000);
        const end = Math.min(window.to, Date.parse(to) / 1000);
        return begin < end ? (
          <span
            key={`${from} ${label}`}
            className={styles.shade}
            style={{
              left: geometry.xOf(begin),
              top: margin.top,
              width: geometry.xOf(end) - geometry.xOf(begin),
              color: `var(--gl-${tone})`,
            }}
          >
            {label}
          </span>
        ) : null;
      })}
    </div>
  );
}
