import { memo, useId } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  DotItemDotProps,
  Line,
  ReferenceArea,
  ReferenceLine,
  XAxis,
  YAxis,
} from 'recharts';
import { formatTick } from './formatMeasure';
import { ChartGap, noData } from './gaps';
import { margin } from './geometry';
import type { MarkerGroup } from './groupMarkers';
import styles from './TimeChart.module.css';
import { formatTimeTick } from './timeTicks';
import type {
  ChartLimit,
  ChartSeries,
  ChartShade,
  ChartUnit,
  ChartWindow,
} from './types';
import type { PlotRow } from './plotRows';
import type { ValueScale } from './valueScale';

export interface PlotProps {
  width: number;
  height: number;
  rows: readonly PlotRow[];
  series: readonly ChartSeries[];
  unit: ChartUnit;
  window: ChartWindow;
  scale: ValueScale;
  timeTicks: number[];
  gaps: readonly ChartGap[];
  shades: readonly ChartShade[];
  markers: readonly MarkerGroup[];
  limit?: ChartLimit;
}

const axisWords = { fill: 'var(--bui-fg-secondary)', fontSize: 11 };
const dashes = { strong: undefined, quiet: undefined, dashed: '3 3' };

/**
 * What does not change while one looks around: axes, lines, shades. The only
 * file that knows recharts, loaded when the first chart is shown.
 */
export const Plot = memo((props: PlotProps) => {
  const { width, height, rows, series, unit, window, scale, limit } = props;
  const hatch = useId();
  return (
    <ComposedChart
      width={width}
      height={height}
      data={rows}
      margin={{ ...margin, left: 0, bottom: 0 }}
      accessibilityLayer={false}
      className={styles.plot}
    >
      <defs>
        <pattern
          id={hatch}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="6" height="6" className={styles.hatchGround} />
          <line y2="6" className={styles.hatchLine} />
        </pattern>
      </defs>
      <CartesianGrid vertical={false} stroke="var(--bui-border-1)" />
      {props.gaps
        .filter(({ words }) => words === noData)
        .map(gap => (
          <ReferenceArea
            key={`gap ${gap.from}`}
            x1={gap.from}
            x2={gap.to}
            fill={`url(#${hatch})`}
            fillOpacity={1}
            ifOverflow="hidden"
          />
        ))}
      {props.shades.map(shade => (
        <ReferenceArea
          key={`${shade.from} ${shade.label}`}
          x1={Math.max(window.from, Date.parse(shade.from) / 1000)}
          x2={Math.min(window.to, Date.parse(shade.to) / 1000)}
          fill={`var(--gl-${shade.tone ?? 'info'}-bg)`}
          fillOpacity={1}
          stroke={`var(--gl-${shade.tone ?? 'info'})`}
          strokeOpacity={0.4}
          ifOverflow="hidden"
        />
      ))}
      <XAxis
        dataKey="at"
        type="number"
        domain={[window.from, window.to]}
        allowDataOverflow
        ticks={props.timeTicks}
        interval={0}
        tickFormatter={formatTimeTick}
        tick={axisWords}
        tickLine={false}
        tickMargin={6}
        axisLine={{ stroke: 'var(--bui-border-1)' }}
        height={margin.bottom}
      />
      <YAxis
        domain={[scale.low, scale.high]}
        ticks={scale.ticks}
        interval={0}
        tickFormatter={value => formatTick(value, unit)}
        tick={axisWords}
        tickLine={false}
        tickMargin={6}
        axisLine={false}
        width={margin.left}
      />
      {limit && (
        <ReferenceLine
          y={limit.value}
          stroke="var(--gl-warn)"
          strokeDasharray="6 4"
          ifOverflow="hidden"
        />
      )}
      {props.markers.map(({ markers: [marker] }) => (
        <ReferenceLine
          key={marker.id}
          x={Date.parse(marker.at) / 1000}
          stroke="var(--gl-lamp)"
          ifOverflow="hidden"
        />
      ))}
      {series.map(({ name, tone = 'info', band }, n) =>
        band ? (
          <Area
            key={`band of ${name}`}
            dataKey={row => row.bands[n]}
            type="linear"
            stroke="none"
            fill={`var(--gl-${tone})`}
            fillOpacity={0.16}
            connectNulls={false}
            isAnimationActive={false}
            activeDot={false}
          />
        ) : undefined,
      )}
      {series.map(({ name, tone = 'info', filled }, n) =>
        filled ? (
          <Area
            key={`area of ${name}`}
            dataKey={row => row.values[n]}
            type="linear"
            stroke="none"
            fill={`var(--gl-${tone})`}
            fillOpacity={0.1}
            connectNulls={false}
            isAnimationActive={false}
            activeDot={false}
          />
        ) : undefined,
      )}
      {series.map(({ name, tone = 'info', look = 'strong' }, n) => (
        <Line
          key={name}
          dataKey={row => row.values[n]}
          type="linear"
          stroke={`var(--gl-${tone})`}
          strokeWidth={look === 'strong' ? 1.75 : 1.25}
          strokeDasharray={dashes[look]}
          strokeLinejoin="round"
          connectNulls={false}
          isAnimationActive={false}
          dot={lonelyDots(rows, n)}
          activeDot={false}
        />
      ))}
    </ComposedChart>
  );
});

/**
 * Dots for values between two gaps: they have no line, and would not be seen at
 * all. False where there are none: else each value makes an element.
 */
function lonelyDots(rows: readonly PlotRow[], n: number) {
  const valueAt = (index: number) => rows[index]?.values[n] ?? null;
  const isLonely = (index: number) =>
    valueAt(index) !== null &&
    valueAt(index - 1) === null &&
    valueAt(index + 1) === null;
  if (!rows.some((_, index) => isLonely(index))) {
    return false;
  }
  return ({ index, cx, cy, stroke }: DotItemDotProps) =>
    isLonely(index) && cx !== undefined && cy !== undefined ? (
      <circle key={index} cx={cx} cy={cy} r={2} fill={stroke} />
    ) : (
      <g key={index} />
    );
}
