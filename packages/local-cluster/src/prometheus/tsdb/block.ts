import {
  closeSync,
  openSync,
  fstatSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type BlockIndex, readBlockIndex } from './block-format.ts';

/** Chunks that lie within this stretch of a file are read at once. */
const READ_AT_ONCE_BYTES = 4 * 1024 * 1024;

/** Reused by all reads: what is read is decoded at once. */
let shared = Buffer.allocUnsafeSlow(64 * 1024);

/** So many bytes of the shared buffer, or of one of their own when they are too many to be kept; at the start of their memory. */
function bufferOf(bytes: number): Buffer {
  if (bytes > READ_AT_ONCE_BYTES) return Buffer.allocUnsafeSlow(bytes);
  if (bytes > shared.length) {
    shared = Buffer.allocUnsafeSlow(
      Math.min(READ_AT_ONCE_BYTES, Math.max(bytes, shared.length * 2)),
    );
  }
  return shared.subarray(0, bytes);
}

/** Chunks of some stretch of time, on disk; only where they lie is in memory. */
export class Block {
  /** The first and the last of the log segments whose samples it has. */
  readonly first: number;
  readonly last: number;
  readonly isThin: boolean;
  readonly index: BlockIndex;
  readonly file: string;
  /** Undefined as long as its bytes are in memory, because they could not be written. */
  #fd: number | undefined;
  #bytes: Uint8Array | undefined;

  private constructor(
    place: { first: number; last: number; isThin: boolean; file: string },
    index: BlockIndex,
  ) {
    this.first = place.first;
    this.last = place.last;
    this.isThin = place.isThin;
    this.file = place.file;
    this.index = index;
  }

  /** @throws Error when the file cannot be read or is damaged */
  static open(place: {
    first: number;
    last: number;
    isThin: boolean;
    file: string;
  }): Block {
    const fd = openSync(place.file, 'r');
    try {
      const file = bufferOf(fstatSync(fd).size);
      readSync(fd, file, 0, file.length, 0);
      const block = new Block(place, readBlockIndex(file, true));
      block.#fd = fd;
      return block;
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  /** A block of which nothing is on disk yet. */
  static inMemory(
    place: { first: number; last: number; isThin: boolean; file: string },
    bytes: Uint8Array,
  ): Block {
    const block = new Block(place, readBlockIndex(bytes, false));
    block.#bytes = bytes;
    return block;
  }

  get isOnDisk(): boolean {
    return this.#fd !== undefined;
  }

  /** Bytes in memory beside the index. */
  get heldBytes(): number {
    return this.#bytes?.length ?? 0;
  }

  /** Another block in memory, which this one can become when the disk has room. @throws Error when it has none */
  save(): Block {
    if (!this.#bytes) return this;
    const half = `${this.file}.tmp`;
    writeFileSync(half, this.#bytes);
    renameSync(half, this.file);
    return Block.open(this);
  }

  /** Where in the index a series is; -1 when it is not. */
  find(ref: number): number {
    const { refs } = this.index;
    let low = 0;
    let high = refs.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (refs[middle] === ref) return middle;
      if (refs[middle] < ref) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /**
   * Shows the bytes of some chunks, given by their places in the index in ascending order. The bytes are only valid within
   * `show`.
   */
  read(
    places: readonly number[],
    show: (nth: number, bytes: Uint8Array, start: number, end: number) => void,
  ): void {
    const { offsets, dataAt } = this.index;
    if (this.#bytes) {
      for (const [nth, place] of places.entries()) {
        const [start, end] = [offsets[place], offsets[place + 1]];
        show(nth, this.#bytes, dataAt + start, dataAt + end);
      }
      return;
    }
    let nth = 0;
    while (nth < places.length) {
      const from = offsets[places[nth]];
      let until = nth;
      while (
        until + 1 < places.length &&
        offsets[places[until + 1] + 1] - from <= READ_AT_ONCE_BYTES
      ) {
        until += 1;
      }
      const bytes = this.#load(from, offsets[places[until] + 1]);
      for (; nth <= until; nth += 1) {
        const place = places[nth];
        show(nth, bytes, offsets[place] - from, offsets[place + 1] - from);
      }
    }
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  /** Closes it and removes its file. */
  remove(): void {
    this.close();
    rmSync(this.file, { force: true });
  }

  #load(from: number, to: number): Buffer {
    if (this.#fd === undefined) throw new Error(`${this.file} is closed`);
    const bytes = bufferOf(to - from);
    readSync(this.#fd, bytes, 0, bytes.length, this.index.dataAt + from);
    return bytes;
  }
}
