import {
  KeyboardEvent,
  PointerEvent,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useChartGroup } from './ChartGroup';
import { formatMeasure } from './formatMeasure';
import { Geometry, margin, nearest } from './geometry';
import type { PlotRow } from './plotRows';
import styles from './TimeChart.module.css';
import { formatPointTime } from './timeTicks';
import type { ChartMarker, ChartSeries, ChartShade, ChartUnit } from './types';
import { useCrosshair } from './useCrosshair';

const noTimes: number[] = [];

export interface TimeAxisControlProps {
  title: string;
  geometry: Geometry;
  series: readonly ChartSeries[];
  rows: readonly PlotRow[];
  times: readonly number[];
  unit: ChartUnit;
  missing: (at: number) => string;
  markers: readonly ChartMarker[];
}

/**
 * Moves the crosshair by mouse, finger and keys. To a screen reader it is a
 * slider along the time, whose value is what was measured then.
 */
export function TimeAxisControl(props: TimeAxisControlProps) {
  const { title, geometry, rows, times, markers } = props;
  const { window, shades, crosshair } = useChartGroup();
  const line = useRef<HTMLDivElement>(null);
  const [isFocused, setFocused] = useState(false);
  // Only the one that has the keys tells its value: ten charts follow the mouse.
  const position = useCrosshair(crosshair, isFocused ? times : noTimes);
  const shown = position === -1 ? times.length - 1 : position;

  useEffect(() => {
    // Past React: this runs with each movement of the mouse, in every chart.
    const follow = () => {
      const at = crosshair.get();
      const element = line.current;
      if (element) {
        const isShown =
          at !== undefined && at >= window.from && at <= window.to;
        element.style.visibility = isShown ? 'visible' : 'hidden';
        element.style.transform = `translateX(${
          isShown ? geometry.xOf(at) : 0
        }px)`;
      }
    };
    follow();
    return crosshair.subscribe(follow);
  }, [crosshair, geometry, window]);

  const goTo = (index: number) => {
    const within = Math.min(times.length - 1, Math.max(0, index));
    crosshair.set(times[within]);
  };

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    const at = geometry.timeAt(event.clientX - left + margin.left);
    goTo(nearest(times, at));
  };

  const goToMarker = (direction: 1 | -1) => {
    const now = times[shown];
    const places = markers.map(({ at }) =>
      nearest(times, Date.parse(at) / 1000),
    );
    const ahead = places
      .filter(place => (times[place] - now) * direction > 0)
      .sort((a, b) => (a - b) * direction);
    goTo(ahead[0] ?? shown + direction * 10);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const stride = event.shiftKey ? 10 : 1;
    const moves: Record<string, (() => void) | undefined> = {
      ArrowLeft: () => goTo(shown - stride),
      ArrowRight: () => goTo(shown + stride),
      ArrowDown: () => goTo(shown - stride),
      ArrowUp: () => goTo(shown + stride),
      Home: () => goTo(0),
      End: () => goTo(times.length - 1),
      PageUp: () => goToMarker(-1),
      PageDown: () => goToMarker(1),
      Escape: () => crosshair.set(undefined),
    };
    const move = moves[event.key];
    if (move && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      move();
    }
  };

  return (
    <>
      <div ref={line} className={styles.crosshair} aria-hidden />
      <div
        className={styles.control}
        style={{
          left: margin.left,
          top: 0,
          width: geometry.plotWidth,
          height: margin.top + geometry.plotHeight,
        }}
        role="slider"
        tabIndex={0}
        data-time-axis
        aria-label={`Time in ${title}`}
        aria-valuemin={Math.round(window.from)}
        aria-valuemax={Math.round(window.to)}
        aria-valuenow={Math.round(times[shown] ?? window.to)}
        aria-valuetext={wordsOf(rows[shown], props, shades, window.stepSeconds)}
        onPointerMove={onPointerMove}
        onPointerDown={onPointerMove}
        onPointerLeave={() => crosshair.set(undefined)}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={({ relatedTarget }) => {
          setFocused(false);
          // The next chart takes the crosshair over where it is.
          if (
            !(relatedTarget instanceof HTMLElement) ||
            relatedTarget.dataset.timeAxis === undefined
          ) {
            crosshair.set(undefined);
          }
        }}
      />
    </>
  );
}

/** `14:02:35: 84 ms p95, 142 ms p99. Deploy a1b2c3d by Maya` */
function wordsOf(
  row: PlotRow | undefined,
  props: TimeAxisControlProps,
  shades: readonly ChartShade[],
  stepSeconds: number,
): string {
  const { series, unit, missing, markers } = props;
  if (!row) {
    return 'no data';
  }
  const values = series.flatMap(({ name }, n) => {
    const value = row.values[n];
    return value === null ? [] : [`${formatMeasure(value, unit)} ${name}`];
  });
  const happened = markers
    .filter(
      ({ at }) => Math.abs(Date.parse(at) / 1000 - row.at) <= stepSeconds / 2,
    )
    .map(({ title, detail }) => (detail ? `${title}: ${detail}` : title));
  const during = shades
    .filter(
      ({ from, to }) =>
        Date.parse(from) / 1000 <= row.at && row.at <= Date.parse(to) / 1000,
    )
    .map(({ label }) => `During ${label}`);
  return [
    `${formatPointTime(row.at, stepSeconds)}: ${
      values.length > 0 ? values.join(', ') : missing(row.at)
    }`,
    ...happened,
    ...during,
  ].join('. ');
}
