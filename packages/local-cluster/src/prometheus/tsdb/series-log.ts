import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { z } from 'zod';
import { makeLabels } from './labels.ts';
import type { Labels } from '../types.ts';

const lineShape = z.tuple([
  z.number().int().positive(),
  z.record(z.string(), z.string()),
]);

const lineOf = (ref: number, labels: Labels) =>
  `${JSON.stringify([ref, labels])}\n`;

/** Which labels a ref stands for: a line of JSON for each series, appended before any of its samples is. */
export class SeriesLog {
  readonly #file: string;
  #fd: number | undefined;
  #pending = '';
  lines = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** All that were written, by ref in ascending order. */
  read(): { ref: number; labels: Labels }[] {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch {
      return []; // The first start.
    }
    const series = new Map<number, Labels>();
    for (const line of text.split('\n')) {
      const read = readLine(line);
      if (!read) continue;
      this.lines += 1;
      series.set(read[0], makeLabels(Object.entries(read[1])));
    }
    // A line that was cut off by a crash must not swallow the next.
    if (text !== '' && !text.endsWith('\n')) this.#pending = '\n';
    return [...series]
      .map(([ref, labels]) => ({ ref, labels }))
      .sort((a, b) => a.ref - b.ref);
  }

  add(ref: number, labels: Labels): void {
    this.#pending += lineOf(ref, labels);
    this.lines += 1;
  }

  /** @throws Error when the disk takes no more */
  flush(): void {
    if (this.#pending === '') return;
    this.#fd ??= openSync(this.#file, 'a');
    const bytes = Buffer.from(this.#pending);
    const written = writeSync(this.#fd, bytes);
    this.#pending = written < bytes.length ? `\n${this.#pending}` : '';
    if (written < bytes.length) {
      throw new Error(`the disk that holds ${this.#file} is full`);
    }
  }

  /** Leaves out all but these. */
  rewrite(series: Iterable<{ ref: number; labels: Labels }>): void {
    const lines = [...series].map(({ ref, labels }) => lineOf(ref, labels));
    const half = `${this.#file}.tmp`;
    writeFileSync(half, lines.join(''));
    this.close();
    renameSync(half, this.#file);
    this.#pending = '';
    this.lines = lines.length;
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}

function readLine(line: string) {
  if (line === '') return undefined;
  try {
    return lineShape.parse(JSON.parse(line));
  } catch {
    return undefined; // Half a line, from a crash.
  }
}
