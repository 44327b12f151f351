import { ButtonIcon } from '@backstage/ui';
import { RiLineChartLine, RiTable2 } from '@remixicon/react';
import {
  lazy,
  Suspense,
  useDeferredValue,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useChartGroup } from './ChartGroup';
import { ChartTable } from './ChartTable';
import { EndLabels } from './EndLabels';
import { gapsOf, noData } from './gaps';
import { geometryOf } from './geometry';
import { groupMarkers } from './groupMarkers';
import { Markers } from './Markers';
import { plotRows } from './plotRows';
import { Readout, ReadoutTime } from './Readout';
import { TimeAxisControl } from './TimeAxisControl';
import { ShadeLabels } from './ShadeLabels';
import styles from './TimeChart.module.css';
import { timeTicks } from './timeTicks';
import type { ChartLimit, ChartMarker, ChartSeries, ChartUnit } from './types';
import { useWidth } from './useWidth';
import { valueScale } from './valueScale';

const Plot = lazy(() =>
  import('./Plot').then(module => ({ default: module.Plot })),
);

export interface TimeChartProps {
  /** "Latency" */
  title: string;
  series: readonly ChartSeries[];
  unit: ChartUnit;
  limit?: ChartLimit;
  /** The axis reaches at least so far: a hundredth of a per cent must not fill the chart. */
  reachesAtLeast?: number;
  /** Why there is no value at a time; "no data" unless told. Only stretches without data are hatched. */
  missing?: (at: number) => string;
  /** What the figures are taken over: "moving average". */
  note?: string;
  /** Those of the group unless given. */
  markers?: readonly ChartMarker[];
  height?: number;
}

const isMissing = () => noData;
const markerGapPx = 14;

/**
 * Values over time, inside of a `ChartGroup`. Says its newest values in its
 * head, and those at the crosshair while somebody points or walks with the keys.
 */
export function TimeChart(props: TimeChartProps) {
  const { title, note, series, unit, limit, reachesAtLeast } = props;
  const { missing = isMissing, height = 168 } = props;
  const group = useChartGroup();
  const { window, shades } = group;
  const markers = props.markers ?? group.markers;
  const [isTable, setIsTable] = useState(false);
  const titleId = useId();
  const room = useRef<HTMLDivElement>(null);
  const width = useWidth(room);

  const rows = useMemo(() => plotRows(series, window), [series, window]);
  const times = useMemo(() => rows.map(({ at }) => at), [rows]);
  const gaps = useMemo(
    () => gapsOf(series, window, missing),
    [series, window, missing],
  );
  const limitValue = limit?.value;
  const scale = useMemo(
    () =>
      valueScale(
        rows.flatMap(({ values, bands }) =>
          [...values, ...bands.flat()].filter(value => value !== null),
        ),
        unit,
        Math.max(reachesAtLeast ?? 0, limitValue ?? 0),
      ),
    [rows, unit, reachesAtLeast, limitValue],
  );
  const geometry = useMemo(
    () => geometryOf(width, height, window, scale),
    [width, height, window, scale],
  );
  const ticks = useMemo(
    () => timeTicks(window.from, window.to, geometry.plotWidth),
    [window, geometry.plotWidth],
  );
  const markerGroups = useMemo(
    () =>
      groupMarkers(
        markers.filter(({ at }) => {
          const seconds = Date.parse(at) / 1000;
          return seconds >= window.from && seconds <= window.to;
        }),
        geometry.xOf,
        markerGapPx,
      ),
    [markers, window, geometry],
  );
  // New values come to all charts at once: the browser gets its turn between them.
  const plot = useDeferredValue(
    useMemo(
      () => ({
        width,
        height,
        rows,
        series,
        unit,
        window,
        scale,
        timeTicks: ticks,
        gaps,
        shades,
        markers: markerGroups,
        limit,
      }),
      [
        width,
        height,
        rows,
        series,
        unit,
        window,
        scale,
        ticks,
        gaps,
        shades,
        markerGroups,
        limit,
      ],
    ),
  );
  const isEmpty = rows.every(({ values }) =>
    values.every(value => value === null),
  );

  return (
    <figure
      className={styles.chart}
      aria-labelledby={titleId}
      data-old={group.isOld || undefined}
    >
      <figcaption className={styles.caption}>
        <span className={styles.title} id={titleId}>
          {title}
        </span>
        <ReadoutTime series={series} times={times} />
        <ButtonIcon
          className={styles.toggle}
          size="small"
          variant="tertiary"
          aria-label={`${title} as a ${isTable ? 'chart' : 'table'}`}
          icon={isTable ? <RiLineChartLine /> : <RiTable2 />}
          onPress={() => setIsTable(!isTable)}
        />
      </figcaption>
      <Readout
        series={series}
        rows={rows}
        times={times}
        unit={unit}
        missing={missing}
        note={note}
      />
      <div className={styles.room} ref={room} style={{ height }}>
        {isTable && (
          <ChartTable
            title={title}
            series={series}
            rows={rows}
            unit={unit}
            stepSeconds={window.stepSeconds}
            missing={missing}
            height={height}
          />
        )}
        {!isTable && width > 0 && (
          <>
            <div aria-hidden>
              <Suspense fallback={<div style={{ height }} />}>
                <Plot {...plot} />
              </Suspense>
            </div>
            <ShadeLabels shades={shades} window={window} geometry={geometry} />
            <EndLabels
              series={series}
              unit={unit}
              window={window}
              geometry={geometry}
              limit={limit}
            />
            {isEmpty && <p className={styles.nothing}>{missing(window.to)}</p>}
            {times.length > 0 && (
              <TimeAxisControl
                title={title}
                geometry={geometry}
                series={series}
                rows={rows}
                times={times}
                unit={unit}
                missing={missing}
                markers={markers}
              />
            )}
            <Markers groups={markerGroups} geometry={geometry} times={times} />
          </>
        )}
      </div>
    </figure>
  );
}
