import { createContext, ReactNode, useContext, useMemo, useState } from 'react';
import { Crosshair } from './Crosshair';
import type { ChartMarker, ChartShade, ChartWindow } from './types';

export interface ChartGroupProps {
  /** The window all charts show, ISO 8601. */
  from: string;
  to: string;
  stepSeconds: number;
  /** The window ends now and moves on: its newest values are called "now". */
  isLive?: boolean;
  /** Nothing newer can be had: lines are drawn faintly. */
  isOld?: boolean;
  markers?: readonly ChartMarker[];
  shades?: readonly ChartShade[];
  children: ReactNode;
}

export interface ChartGroupState {
  window: ChartWindow;
  isLive: boolean;
  isOld: boolean;
  markers: readonly ChartMarker[];
  shades: readonly ChartShade[];
  crosshair: Crosshair;
}

const none: never[] = [];
const Context = createContext<ChartGroupState | undefined>(undefined);

/** Charts inside share one time axis, one crosshair, and what happened when. */
export function ChartGroup(props: ChartGroupProps) {
  const { from, to, stepSeconds, children } = props;
  const { isLive = false, isOld = false } = props;
  const { markers = none, shades = none } = props;
  const [crosshair] = useState(() => new Crosshair());
  const state = useMemo(
    () => ({
      window: {
        from: Date.parse(from) / 1000,
        to: Date.parse(to) / 1000,
        stepSeconds,
      },
      isLive,
      isOld,
      markers,
      shades,
      crosshair,
    }),
    [from, to, stepSeconds, isLive, isOld, markers, shades, crosshair],
  );
  return <Context.Provider value={state}>{children}</Context.Provider>;
}

/** @throws Error outside of a `ChartGroup`: a chart without a time axis shows nothing */
export function useChartGroup(): ChartGroupState {
  const state = useContext(Context);
  if (!state) {
    throw new Error('TimeChart must be inside of a ChartGroup');
  }
  return state;
}
