import type { Samples } from './evaluate/range-vector.ts';

/** The samples of one series a range function sees at one step: those from `first` up to, without, `end`. There is at least one. */
export interface Window {
  first: number;
  end: number;
  /** Both ends belong to it. */
  startMs: number;
  endMs: number;
  rangeMs: number;
  /** The step's own time; differs from `endMs` by the offset. */
  stepMs: number;
  /** The function's scalar argument, as the 0.9 of `quantile_over_time(0.9, ...)`; NaN without one. */
  parameter: number;
}

/** Slides a window over samples by two indices; goes back when the times do. */
export class SlidingWindow {
  readonly #timesMs: Float64Array;
  readonly window: Window;

  constructor(samples: Samples, rangeMs: number) {
    this.#timesMs = samples.timesMs;
    this.window = {
      first: 0,
      end: 0,
      startMs: 0,
      endMs: -Infinity,
      rangeMs,
      stepMs: 0,
      parameter: NaN,
    };
  }

  /** How many samples are in the window that ends there. */
  moveTo(endMs: number): number {
    const { window } = this;
    const times = this.#timesMs;
    if (endMs < window.endMs) {
      window.first = 0;
      window.end = 0;
    }
    window.endMs = endMs;
    window.startMs = endMs - window.rangeMs;
    while (window.end < times.length && times[window.end] <= endMs)
      window.end += 1;
    while (window.first < window.end && times[window.first] < window.startMs)
      window.first += 1;
    return window.end - window.first;
  }
}
