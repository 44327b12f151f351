import {
  closeSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { readWalPayload, WalEncoder } from './wal-format.ts';

const HEADER_BYTES = 8;
const FLUSH_BYTES = 256 * 1024;

export const walFile = (folder: string, segment: number) =>
  join(folder, `${segment}.wal`);

/**
 * The samples that are in no block yet, appended to a file in records of `u32 length, u32 CRC-32, payload`. What was flushed is
 * there after the process was killed; a record that is not whole is the end.
 */
export class Wal {
  readonly #folder: string;
  readonly #encoder = new WalEncoder();
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #fd: number | undefined;
  #written = 0;
  segment: number;

  constructor(folder: string, segment: number) {
    this.#folder = folder;
    this.segment = segment;
  }

  get writtenBytes(): number {
    return this.#written;
  }

  /** @throws Error when the disk takes no more */
  add(
    ref: number,
    timeMs: number,
    value: number,
    before: number | undefined,
  ): void {
    this.#encoder.add(ref, timeMs, value, before);
    if (this.#encoder.length >= FLUSH_BYTES) this.flush();
  }

  get isEmpty(): boolean {
    return this.#encoder.length === 0;
  }

  /** @throws Error when the disk takes no more: what was not written then is lost to a restart only */
  flush(): void {
    if (this.isEmpty) return;
    const payload = this.#encoder.take();
    this.#header.writeUInt32LE(payload.length, 0);
    this.#header.writeUInt32LE(crc32(payload), 4);
    const file = walFile(this.#folder, this.segment);
    this.#fd ??= openSync(file, 'a');
    const record = Buffer.concat([this.#header, payload]);
    try {
      if (writeSync(this.#fd, record) < record.length) {
        throw new Error(`the disk that holds ${file} is full`);
      }
      this.#written += record.length;
    } catch (error) {
      // Half a record would hide all that follow.
      truncateSync(file, this.#written);
      throw error;
    }
  }

  /** Goes on in the next file. */
  rotate(): void {
    this.close();
    this.segment += 1;
    this.#written = 0;
  }

  remove(segment: number): void {
    rmSync(walFile(this.#folder, segment), { force: true });
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  /** Reads what this segment has from before, and goes on behind its last whole record. */
  replay(
    show: (ref: number, timeMs: number, value: number | undefined) => void,
  ): void {
    const file = walFile(this.#folder, this.segment);
    let bytes: Buffer;
    try {
      bytes = readFileSync(file);
    } catch {
      return; // Nothing was written to it yet.
    }
    let at = 0;
    while (at + HEADER_BYTES <= bytes.length) {
      const length = bytes.readUInt32LE(at);
      const payload = bytes.subarray(
        at + HEADER_BYTES,
        at + HEADER_BYTES + length,
      );
      if (length === 0 || payload.length < length) break;
      if (crc32(payload) !== bytes.readUInt32LE(at + 4)) break;
      readWalPayload(payload, show);
      at += HEADER_BYTES + length;
    }
    if (at < bytes.length) truncateSync(file, at);
    this.#written = at;
  }
}
