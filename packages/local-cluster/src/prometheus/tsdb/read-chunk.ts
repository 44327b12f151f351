import { STALE } from '../types.ts';
import {
  FIRST_SAMPLE_BYTES,
  NEW_DELTA,
  RUN,
  SCALES,
  VALUE_MODE,
  ValueMode,
} from './chunk-format.ts';

/** Where samples are put, one behind the other. */
export interface SampleSink {
  timesMs: Float64Array;
  values: Float64Array;
  length: number;
}

const double = new DataView(new ArrayBuffer(8));

/** Reads the samples of `fromMs` < time <= `toMs` of the chunk in `bytes[start..end)` into the sink, which has room for all. */
export function readChunk(
  bytes: Uint8Array,
  start: number,
  end: number,
  fromMs: number,
  toMs: number,
  sink: SampleSink,
): void {
  const { timesMs, values } = sink;
  let { length } = sink;
  let at = start;
  const readDouble = () => {
    for (let i = 0; i < 8; i += 1) double.setUint8(i, bytes[at + i]);
    at += 8;
    return double.getFloat64(0);
  };
  const readSigned = () => {
    let whole = 0;
    let unit = 1;
    for (;;) {
      const byte = bytes[at];
      at += 1;
      whole += (byte & 127) * unit;
      if (byte < 128 || at >= end) break;
      unit *= 128;
    }
    return whole % 2 === 0 ? whole / 2 : -(whole + 1) / 2;
  };
  if (end - start < FIRST_SAMPLE_BYTES) return;
  let timeMs = readDouble();
  const first = readDouble();
  let base = first === STALE ? 0 : first;
  let deltaMs = 0;
  if (timeMs > fromMs && timeMs <= toMs) {
    timesMs[length] = timeMs;
    values[length] = first;
    length += 1;
  }
  while (at < end && timeMs <= toMs) {
    const control = bytes[at];
    at += 1;
    if (control >= RUN) {
      for (let left = control - RUN; left >= 0; left -= 1) {
        timeMs += deltaMs;
        if (timeMs > toMs) break;
        if (timeMs <= fromMs) continue;
        timesMs[length] = timeMs;
        values[length] = base;
        length += 1;
      }
      continue;
    }
    if (control & NEW_DELTA) deltaMs += readSigned();
    timeMs += deltaMs;
    const mode = control & VALUE_MODE;
    if (mode >= ValueMode.whole) {
      const scale = SCALES[mode - ValueMode.whole];
      const change = readSigned();
      base =
        scale === 1
          ? base + change
          : (Math.round(base * scale) + change) / scale;
    } else if (mode === ValueMode.bytes) {
      const span = bytes[at];
      at += 1;
      double.setFloat64(0, base);
      for (let i = span >> 4; i <= (span & 7); i += 1) {
        double.setUint8(i, bytes[at]);
        at += 1;
      }
      base = double.getFloat64(0);
    }
    if (timeMs > fromMs && timeMs <= toMs) {
      timesMs[length] = timeMs;
      values[length] = mode === ValueMode.stale ? STALE : base;
      length += 1;
    }
  }
  sink.length = length;
}
