import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Block } from './block.ts';
import { walFile } from './wal.ts';

/** Blocks that could not be written may take this much memory; of more, the oldest are lost. */
const MOST_HELD_BYTES = 64 * 1024 * 1024;

const BLOCK_NAME = /^(\d+)-(\d+)\.(raw|thin)$/;
const WAL_NAME = /^(\d+)\.wal$/;

/** The blocks of a data folder, oldest first. */
export class BlockFolder {
  readonly folder: string;
  readonly #onProblem: (problem: string) => void;
  #blocks: Block[] = [];

  constructor(folder: string, onProblem: (problem: string) => void) {
    this.folder = folder;
    this.#onProblem = onProblem;
  }

  get blocks(): readonly Block[] {
    return this.#blocks;
  }

  /**
   * Opens what is there. A block that is damaged is put aside; one whose samples are in another too goes, as a crash may leave
   * them.
   * @returns the log segments that are in no block, in order
   */
  open(): number[] {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const names = readdirSync(this.folder);
    for (const name of names) {
      if (name.endsWith('.tmp')) rmSync(join(this.folder, name));
    }
    for (const name of names) this.#openBlock(name);
    // The wider of two with the same beginning is what was made of the other.
    this.#blocks.sort((a, b) => a.first - b.first || b.last - a.last);
    let covered = -1;
    this.#blocks = this.#blocks.filter(block => {
      if (block.last <= covered) {
        block.remove();
        return false;
      }
      covered = block.last;
      return true;
    });
    const segments = names
      .flatMap(name => WAL_NAME.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
    for (const segment of segments) {
      if (this.#covers(segment)) rmSync(walFile(this.folder, segment));
    }
    return segments.filter(segment => !this.#covers(segment));
  }

  /** The first log segment that was never used. */
  get nextSegment(): number {
    return (this.#blocks.at(-1)?.last ?? 0) + 1;
  }

  /** Takes a block in; it stays in memory when the disk has no room. @returns whether it is on disk */
  add(first: number, last: number, bytes: Uint8Array): boolean {
    const block = this.#save(
      Block.inMemory(this.#place(first, last, false), bytes),
    );
    this.#blocks.push(block);
    return block.isOnDisk;
  }

  /**
   * Puts one block, or none, where some were.
   * @returns false when they are not there any more
   * @throws Error when the disk has no room; then nothing has changed
   */
  replace(olds: readonly Block[], bytes: Uint8Array | undefined): boolean {
    if (!olds.every(old => this.#blocks.includes(old))) return false;
    const at = this.#blocks.indexOf(olds[0]);
    const isThin = olds.length > 1 || olds[0].isThin;
    const replacement: Block[] = [];
    if (bytes) {
      const [first, last] = [olds[0].first, olds[olds.length - 1].last];
      const place = this.#place(first, last, isThin);
      replacement.push(Block.inMemory(place, bytes).save());
    }
    this.#blocks.splice(at, olds.length, ...replacement);
    for (const old of olds) {
      if (replacement.some(({ file }) => file === old.file)) old.close();
      else old.remove();
    }
    return true;
  }

  /** Tries again to write what is held in memory. @returns the segments that are on disk now */
  saveHeld(): number[] {
    const saved: number[] = [];
    this.#blocks = this.#blocks.map(block => {
      if (block.isOnDisk) return block;
      const now = this.#save(block);
      if (now.isOnDisk) saved.push(block.first);
      return now;
    });
    let held = this.#blocks.reduce((sum, block) => sum + block.heldBytes, 0);
    this.#blocks = this.#blocks.filter(block => {
      if (held <= MOST_HELD_BYTES || block.isOnDisk) return true;
      held -= block.heldBytes;
      this.#onProblem('metrics were lost: the disk has had no room for long');
      return false;
    });
    return saved;
  }

  /** @returns whether any went */
  removeBefore(timeMs: number): boolean {
    const kept = this.#blocks.filter(({ index }) => index.maxMs >= timeMs);
    const gone = this.#blocks.filter(block => !kept.includes(block));
    this.#blocks = kept;
    for (const block of gone) block.remove();
    return gone.length > 0;
  }

  close(): void {
    for (const block of this.#blocks) block.close();
  }

  #place(first: number, last: number, isThin: boolean) {
    const name = `${first}-${last}.${isThin ? 'thin' : 'raw'}`;
    return { first, last, isThin, file: join(this.folder, name) };
  }

  #covers(segment: number): boolean {
    return this.#blocks.some(
      ({ first, last }) => first <= segment && segment <= last,
    );
  }

  #openBlock(name: string): void {
    const [, first, last, sort] = BLOCK_NAME.exec(name) ?? [];
    if (!sort) return;
    const place = this.#place(Number(first), Number(last), sort === 'thin');
    try {
      this.#blocks.push(Block.open(place));
    } catch (error) {
      renameSync(place.file, `${place.file}.damaged`);
      this.#onProblem(
        `some metrics are lost: ${place.file} cannot be read and was put aside: ${error}`,
      );
    }
  }

  #save(block: Block): Block {
    try {
      return block.save();
    } catch (error) {
      this.#onProblem(
        `metrics cannot be written and are held in memory: ${
          error instanceof Error ? error.message : error
        }`,
      );
      return block;
    }
  }
}
