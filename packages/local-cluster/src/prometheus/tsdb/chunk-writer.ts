import { STALE } from '../types.ts';
import {
  FIRST_SAMPLE_BYTES,
  LONGEST_RUN,
  LONGEST_SAMPLE_BYTES,
  NEW_DELTA,
  RUN,
  SCALES,
  ValueMode,
} from './chunk-format.ts';

const SMALLEST_BUFFER = 48;
/** Differences of whole numbers are exact and their zigzag is too. */
const LARGEST_WHOLE = 2 ** 51;

const scratch = new DataView(new ArrayBuffer(16));

/** `value` in units of 1/scale, when that is a whole number from which `value` comes back exactly; else NaN. */
export function wholeOf(value: number, scale: number): number {
  const whole = scale === 1 ? value : Math.round(value * scale);
  return Number.isInteger(whole) &&
    Math.abs(whole) < LARGEST_WHOLE &&
    whole / scale === value &&
    !Object.is(value, -0)
    ? whole
    : NaN;
}

/**
 * Writes the samples of one series into as few bytes as is cheap: times as differences of differences, values as differences
 * of whole numbers (of thousandths, of millionths) or as the bytes that changed, runs of the same value as one byte.
 * About 1 to 3 bytes a sample for counters, next to nothing for what stands still.
 *
 * `clear` keeps the buffer, so that a series does not make garbage with each chunk.
 */
export class ChunkWriter {
  bytes = new Uint8Array(0);
  length = 0;
  count = 0;
  firstMs = 0;
  lastMs = -Infinity;
  /** The newest value that is not a stale mark: what the next is a difference to. */
  base = 0;
  lastIsStale = false;
  #deltaMs = 0;
  #runAt = -1;

  clear(): void {
    this.length = 0;
    this.count = 0;
    this.#deltaMs = 0;
    this.#runAt = -1;
  }

  /** @param timeMs - later than the one before */
  append(timeMs: number, value: number): void {
    this.#makeRoom();
    if (this.count === 0) this.#first(timeMs, value);
    else this.#next(timeMs, value);
    this.count += 1;
    this.lastMs = timeMs;
    this.lastIsStale = value === STALE;
    if (!this.lastIsStale) this.base = value;
  }

  #first(timeMs: number, value: number): void {
    this.firstMs = timeMs;
    const stale = value === STALE;
    scratch.setFloat64(0, timeMs);
    scratch.setFloat64(8, value);
    for (let i = 0; i < FIRST_SAMPLE_BYTES; i += 1) {
      this.bytes[i] = scratch.getUint8(i);
    }
    this.length = FIRST_SAMPLE_BYTES;
    // A reader of the chunk knows no value from before it.
    if (stale) this.base = 0;
  }

  #next(timeMs: number, value: number): void {
    const deltaMs = timeMs - this.lastMs;
    const changeMs = deltaMs - this.#deltaMs;
    const same = Object.is(value, this.base);
    if (same && changeMs === 0) {
      this.#run();
      return;
    }
    this.#deltaMs = deltaMs;
    this.#runAt = -1;
    const at = this.length;
    this.length += 1;
    let control = 0;
    if (changeMs !== 0) {
      control = NEW_DELTA;
      this.#signed(changeMs);
    }
    this.bytes[at] = control | this.#value(value, same);
  }

  #run(): void {
    if (this.#runAt >= 0 && this.bytes[this.#runAt] - RUN < LONGEST_RUN - 1) {
      this.bytes[this.#runAt] += 1;
      return;
    }
    this.#runAt = this.length;
    this.bytes[this.length] = RUN;
    this.length += 1;
  }

  #value(value: number, same: boolean): number {
    if (value === STALE) return ValueMode.stale;
    if (same) return ValueMode.same;
    for (let mode = 0; mode < SCALES.length; mode += 1) {
      const change =
        wholeOf(value, SCALES[mode]) - wholeOf(this.base, SCALES[mode]);
      // NaN when one of them is not whole
      if (Number.isNaN(change)) continue;
      this.#signed(change);
      return ValueMode.whole + mode;
    }
    this.#changedBytes(value);
    return ValueMode.bytes;
  }

  /** Of the eight bytes of a double those between the first and the last that changed, behind how many were left out. */
  #changedBytes(value: number): void {
    scratch.setFloat64(0, value);
    scratch.setFloat64(8, this.base);
    let first = 0;
    while (first < 7 && scratch.getUint8(first) === scratch.getUint8(8 + first))
      first += 1;
    let last = 7;
    while (
      last > first &&
      scratch.getUint8(last) === scratch.getUint8(8 + last)
    )
      last -= 1;
    this.bytes[this.length] = (first << 4) | last;
    this.length += 1;
    for (let i = first; i <= last; i += 1) {
      this.bytes[this.length] = scratch.getUint8(i);
      this.length += 1;
    }
  }

  /** Zigzag, then seven bits a byte. */
  #signed(whole: number): void {
    let rest = whole < 0 ? -2 * whole - 1 : 2 * whole;
    while (rest >= 128) {
      this.bytes[this.length] = rest % 128 | 128;
      this.length += 1;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.length] = rest;
    this.length += 1;
  }

  #makeRoom(): void {
    const needed = this.length + LONGEST_SAMPLE_BYTES;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(
      Math.max(SMALLEST_BUFFER, needed, Math.ceil(this.bytes.length * 1.5)),
    );
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }
}
