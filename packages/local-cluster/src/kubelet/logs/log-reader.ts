import { type FileHandle, open } from 'node:fs/promises';
import { once } from 'node:events';
import type { ContainerLog } from './container-log.ts';
import type { LogFiles } from './log-files.ts';

const BLOCK_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

export interface LogSelection {
  follow: boolean;
  tailLines?: number;
  since?: Date;
  timestamps: boolean;
  limitBytes?: number;
  signal: AbortSignal;
}

interface Position {
  generation: number;
  offset: number;
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch {
    return undefined; // Rotated away since it was listed.
  }
}

/** How far from the end of a file its last `lines` lines begin; `found` is how many there are. */
async function tailOffset(
  file: FileHandle,
  lines: number,
): Promise<{ offset: number; found: number }> {
  const { size } = await file.stat();
  const block = Buffer.alloc(BLOCK_BYTES);
  let found = 0;
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - BLOCK_BYTES);
    const { bytesRead } = await file.read(block, 0, end - start, start);
    for (let at = bytesRead - 1; at >= 0; at -= 1) {
      if (block[at] !== NEWLINE) continue;
      // Each newline ends a line, so the one before the wanted lines is number lines + 1 from the end.
      if (found === lines) return { offset: start + at + 1, found };
      found += 1;
    }
    end = start;
  }
  return { offset: 0, found };
}

/** Reads a container's log over its rotated files, from the end where only the end is asked for, and follows it while it is written. */
export class LogReader {
  readonly #files: LogFiles;
  readonly #restart: number;
  /** undefined when the container ended in a former life of the cluster. */
  readonly #live: ContainerLog | undefined;

  constructor(files: LogFiles, restart: number, live?: ContainerLog) {
    this.#files = files;
    this.#restart = restart;
    this.#live = live;
  }

  async *read(selection: LogSelection): AsyncGenerator<string> {
    const { since, timestamps, limitBytes = Infinity } = selection;
    await this.#live?.flushed();
    const sinceText = since?.toISOString() ?? '';
    let left = limitBytes;
    for await (const line of this.#lines(selection)) {
      if (line.slice(0, 24) < sinceText) continue;
      const text = timestamps
        ? `${line.slice(0, 24)} ${line.slice(27)}`
        : line.slice(27);
      left -= Buffer.byteLength(text) + 1;
      if (left < 0) {
        // The API promises bytes, not lines: the last one may be cut.
        yield Buffer.from(text)
          .subarray(0, Math.max(0, left + Buffer.byteLength(text) + 1))
          .toString();
        return;
      }
      yield text;
    }
  }

  async *#lines(selection: LogSelection): AsyncGenerator<string> {
    let position: Position | undefined = await this.#begin(selection.tailLines);
    while (position) {
      const { generation, offset }: Position = position;
      yield* this.#linesOfFile(generation, offset, selection);
      if (selection.signal.aborted) return;
      const next = (await this.#files.generations(this.#restart)).find(
        other => other > generation,
      );
      position =
        next === undefined ? undefined : { generation: next, offset: 0 };
    }
  }

  async #begin(tailLines: number | undefined): Promise<Position | undefined> {
    const generations = await this.#files.generations(this.#restart);
    const [first] = generations;
    if (first === undefined) return undefined;
    if (tailLines === undefined) return { generation: first, offset: 0 };
    let wanted = tailLines;
    for (const generation of generations.reverse()) {
      const file = await openIfThere(
        this.#files.path(this.#restart, generation),
      );
      if (!file) continue;
      try {
        const { offset, found } = await tailOffset(file, wanted);
        wanted -= found;
        if (wanted === 0) return { generation, offset };
      } finally {
        await file.close();
      }
    }
    return { generation: first, offset: 0 };
  }

  async *#linesOfFile(
    generation: number,
    offset: number,
    { follow, signal }: LogSelection,
  ): AsyncGenerator<string> {
    const file = await openIfThere(this.#files.path(this.#restart, generation));
    if (!file) return;
    try {
      const block = Buffer.alloc(BLOCK_BYTES);
      let rest = Buffer.alloc(0);
      let at = offset;
      while (!signal.aborted) {
        // Asked before reading: what was written when it was complete is then read below.
        const complete = this.#isComplete(generation, follow);
        const { bytesRead } = await file.read(block, 0, BLOCK_BYTES, at);
        at += bytesRead;
        rest = Buffer.concat([rest, block.subarray(0, bytesRead)]);
        let start = 0;
        for (
          let newline = rest.indexOf(NEWLINE);
          newline >= 0;
          newline = rest.indexOf(NEWLINE, start)
        ) {
          yield rest.toString('utf8', start, newline);
          if (signal.aborted) return;
          start = newline + 1;
        }
        rest = Buffer.from(rest.subarray(start));
        if (bytesRead > 0) continue;
        if (complete) return;
        await this.#changed(generation, at, file, signal);
      }
    } finally {
      await file.close();
    }
  }

  /** Nothing will be added to this file, or the reader does not want it. */
  #isComplete(generation: number, follow: boolean): boolean {
    const live = this.#live;
    return !follow || !live || live.ended || live.generation > generation;
  }

  async #changed(
    generation: number,
    at: number,
    file: FileHandle,
    signal: AbortSignal,
  ): Promise<void> {
    const live = this.#live;
    if (!live || this.#isComplete(generation, true)) return;
    const change = once(live, 'change', { signal }).catch(() => undefined);
    // Lines written between the last read and the listener above must not be waited for.
    const { size } = await file.stat();
    if (size === at && !this.#isComplete(generation, true)) await change;
  }
}
