import { STALE } from '../types.ts';
import { SCALES, ValueMode } from './chunk-format.ts';
import { wholeOf } from './chunk-writer.ts';

/**
 * What a record of the log holds: samples, one behind the other. A byte says what comes: NEW_TIME and a double (the time of
 * those that follow), or how the value is written, then how far its series' ref is from the one before, then the value.
 * Modes are those of chunks, but a whole number is written in full. `same` is the value before of the same series.
 */
const NEW_TIME = 0xff;
const LONGEST_SAMPLE_BYTES = 9 + 1 + 10 + 10;

/** Makes the payload of one record. Its buffer is used again. */
export class WalEncoder {
  #bytes = Buffer.allocUnsafeSlow(4 * 1024);
  #length = 0;
  #timeMs = NaN;
  #ref = 0;

  get length(): number {
    return this.#length;
  }

  /** @param before - the series' value before, when it is one of the same segment */
  add(
    ref: number,
    timeMs: number,
    value: number,
    before: number | undefined,
  ): void {
    if (this.#length + LONGEST_SAMPLE_BYTES > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes], this.#bytes.length * 2);
    }
    if (timeMs !== this.#timeMs) {
      this.#byte(NEW_TIME);
      this.#length = this.#bytes.writeDoubleLE(timeMs, this.#length);
      this.#timeMs = timeMs;
    }
    const scale = SCALES.findIndex(unit => !Number.isNaN(wholeOf(value, unit)));
    let mode: number = ValueMode.bytes;
    if (value === STALE) mode = ValueMode.stale;
    else if (before !== undefined && Object.is(value, before))
      mode = ValueMode.same;
    else if (scale >= 0) mode = ValueMode.whole + scale;
    this.#byte(mode);
    this.#signed(ref - this.#ref);
    this.#ref = ref;
    if (mode >= ValueMode.whole) this.#signed(wholeOf(value, SCALES[scale]));
    else if (mode === ValueMode.bytes) {
      this.#length = this.#bytes.writeDoubleLE(value, this.#length);
    }
  }

  /** The payload so far, valid until the next `add`; the next begins anew. */
  take(): Buffer {
    const payload = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    this.#timeMs = NaN;
    this.#ref = 0;
    return payload;
  }

  #byte(byte: number): void {
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  #signed(whole: number): void {
    let rest = whole < 0 ? -2 * whole - 1 : 2 * whole;
    while (rest >= 128) {
      this.#byte(rest % 128 | 128);
      rest = Math.floor(rest / 128);
    }
    this.#byte(rest);
  }
}

/** Reads a payload. `same` is shown as undefined. */
export function readWalPayload(
  bytes: Buffer,
  show: (ref: number, timeMs: number, value: number | undefined) => void,
): void {
  let at = 0;
  let timeMs = NaN;
  let ref = 0;
  const signed = () => {
    let whole = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = bytes[at];
      at += 1;
      whole += (byte & 127) * unit;
      if (byte < 128) break;
    }
    return whole % 2 === 0 ? whole / 2 : -(whole + 1) / 2;
  };
  const double = () => {
    at += 8;
    return bytes.readDoubleLE(at - 8);
  };
  while (at < bytes.length) {
    const mode = bytes[at];
    at += 1;
    if (mode === NEW_TIME) {
      timeMs = double();
      continue;
    }
    ref += signed();
    if (mode === ValueMode.same) show(ref, timeMs, undefined);
    else if (mode === ValueMode.stale) show(ref, timeMs, STALE);
    else if (mode === ValueMode.bytes) show(ref, timeMs, double());
    else show(ref, timeMs, signed() / SCALES[mode - ValueMode.whole]);
  }
}
