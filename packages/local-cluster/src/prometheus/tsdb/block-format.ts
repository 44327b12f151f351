import { crc32 } from 'node:zlib';

/**
 * A block: chunks of many series over some stretch of time, in a file that is written once.
 *
 *     u32 magic, u32 number of chunks, f64 time of the first sample, f64 of the last, u32 CRC-32 of all that follows, u32 0
 *     u32 ref[]       ascending
 *     u32 samples[]
 *     u32 offset[]    of each chunk in the data, and where the last ends
 *     the chunks
 *
 * Numbers are little-endian, as on every machine that runs this, so that the arrays are used as they lie in the file.
 */
const MAGIC = 0x31424c47;
export const HEADER_BYTES = 32;

export interface BlockIndex {
  minMs: number;
  maxMs: number;
  refs: Uint32Array;
  samples: Uint32Array;
  /** One more than there are chunks. */
  offsets: Uint32Array;
  /** Where in the file the chunks begin. */
  dataAt: number;
}

const indexBytes = (chunks: number) => (chunks * 3 + 1) * 4;

/** Collects chunks, by ref in ascending order. */
export class BlockBuilder {
  readonly #refs: number[] = [];
  readonly #samples: number[] = [];
  readonly #offsets: number[] = [0];
  #data = Buffer.allocUnsafe(64 * 1024);
  #length = 0;
  #minMs = Infinity;
  #maxMs = -Infinity;

  get chunks(): number {
    return this.#refs.length;
  }

  add(
    ref: number,
    chunk: {
      bytes: Uint8Array;
      length: number;
      count: number;
      firstMs: number;
      lastMs: number;
    },
  ): void {
    if (this.#length + chunk.length > this.#data.length) {
      const grown = Buffer.allocUnsafe(
        Math.max(this.#data.length * 2, this.#length + chunk.length),
      );
      this.#data.copy(grown, 0, 0, this.#length);
      this.#data = grown;
    }
    this.#data.set(chunk.bytes.subarray(0, chunk.length), this.#length);
    this.#length += chunk.length;
    this.#refs.push(ref);
    this.#samples.push(chunk.count);
    this.#offsets.push(this.#length);
    this.#minMs = Math.min(this.#minMs, chunk.firstMs);
    this.#maxMs = Math.max(this.#maxMs, chunk.lastMs);
  }

  /** The whole file. */
  build(): Uint8Array {
    const chunks = this.#refs.length;
    const dataAt = HEADER_BYTES + indexBytes(chunks);
    const file = new Uint8Array(dataAt + this.#length);
    const header = new DataView(file.buffer);
    header.setUint32(0, MAGIC, true);
    header.setUint32(4, chunks, true);
    header.setFloat64(8, this.#minMs, true);
    header.setFloat64(16, this.#maxMs, true);
    const { refs, samples, offsets } = indexIn(file, chunks);
    refs.set(this.#refs);
    samples.set(this.#samples);
    offsets.set(this.#offsets);
    file.set(this.#data.subarray(0, this.#length), dataAt);
    header.setUint32(24, crc32(file.subarray(HEADER_BYTES)), true);
    return file;
  }
}

function indexIn(file: Uint8Array, chunks: number) {
  const at = file.byteOffset + HEADER_BYTES;
  return {
    refs: new Uint32Array(file.buffer, at, chunks),
    samples: new Uint32Array(file.buffer, at + chunks * 4, chunks),
    offsets: new Uint32Array(file.buffer, at + chunks * 8, chunks + 1),
  };
}

/**
 * @param file - all of it, at the beginning of its ArrayBuffer
 * @param copy - whether the index has to outlive the file's bytes
 * @throws Error when it is damaged
 */
export function readBlockIndex(file: Uint8Array, copy: boolean): BlockIndex {
  const header = new DataView(file.buffer, file.byteOffset, file.length);
  if (file.length < HEADER_BYTES || header.getUint32(0, true) !== MAGIC) {
    throw new Error('it is no block of metrics');
  }
  const chunks = header.getUint32(4, true);
  const dataAt = HEADER_BYTES + indexBytes(chunks);
  if (
    file.length < dataAt ||
    header.getUint32(24, true) !== crc32(file.subarray(HEADER_BYTES))
  ) {
    throw new Error('its checksum is wrong');
  }
  const index = indexIn(file, chunks);
  return {
    minMs: header.getFloat64(8, true),
    maxMs: header.getFloat64(16, true),
    refs: copy ? index.refs.slice() : index.refs,
    samples: copy ? index.samples.slice() : index.samples,
    offsets: copy ? index.offsets.slice() : index.offsets,
    dataAt,
  };
}
