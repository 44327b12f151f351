export { ChartGroup } from './ChartGroup';
export type { ChartGroupProps } from './ChartGroup';
export { formatMeasure } from './formatMeasure';
export { newestValue } from './gaps';
export { TimeChart } from './TimeChart';
export type { TimeChartProps } from './TimeChart';
export type {
  ChartBand,
  ChartLimit,
  ChartMarker,
  ChartPoint,
  ChartSeries,
  ChartShade,
  ChartUnit,
  ChartWindow,
} from './types';
