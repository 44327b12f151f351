/**
 * A chunk: the first sample as two big-endian doubles (time, value), then for each sample a control byte. With its highest
 * bit it stands for 1 to 128 samples at the same distance in time and with the same value. Else its bit 6 says that the
 * distance changed, by a signed number that follows; its lowest three bits are the mode in which the value follows.
 */
export const FIRST_SAMPLE_BYTES = 16;
export const RUN = 0b1000_0000;
export const LONGEST_RUN = 128;
export const NEW_DELTA = 0b0100_0000;
export const VALUE_MODE = 0b0000_0111;
/** Control, time, and a value in whole numbers. */
export const LONGEST_SAMPLE_BYTES = 1 + 8 + 10;

export const ValueMode = {
  same: 0,
  stale: 1,
  /** A byte (first << 4 | last) and the bytes first..last of the double; the others are those of the value before. */
  bytes: 2,
  /** And the next ones: a signed difference in units of 1/SCALES[mode - whole]. */
  whole: 3,
} as const;

/** Whole numbers, milliseconds of seconds, microseconds of seconds: most metrics are one of these. */
export const SCALES: readonly number[] = [1, 1_000, 1_000_000];
