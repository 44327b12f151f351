import { EventEmitter } from 'node:events';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Clock } from '../../types.ts';
import { LineSplitter } from './line-splitter.ts';
import type { LogFiles } from './log-files.ts';

export interface LogLimits {
  /** A longer line is split. */
  maxLineBytes: number;
  /** A longer file is rotated; two are kept. */
  maxFileBytes: number;
  /** A program that prints faster than the disk takes it has to wait beyond this. */
  maxWaitingBytes: number;
}

export const LOG_LIMITS: LogLimits = {
  maxLineBytes: 256 * 1024,
  maxFileBytes: 10 * 1024 * 1024,
  maxWaitingBytes: 1024 * 1024,
};

/** Writes what one container prints. Emits `change` after lines reached the file, and when it ended. */
export class ContainerLog extends EventEmitter<{ change: [] }> {
  readonly restart: number;
  readonly #files: LogFiles;
  readonly #clock: Clock;
  readonly #limits: LogLimits;
  readonly #onError: (error: unknown) => void;
  readonly #sources = new Set<Readable>();
  #generation = 0;
  #file: FileHandle;
  #fileBytes = 0;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> | undefined;
  #ended = false;

  static async open(options: {
    files: LogFiles;
    restart: number;
    clock: Clock;
    limits?: LogLimits;
    /** Told once when lines are lost, e.g. because the disk is full. */
    onError: (error: unknown) => void;
  }): Promise<ContainerLog> {
    const { files, restart } = options;
    await files.create();
    await files.removeBefore(restart - 1);
    return new ContainerLog(options, await open(files.path(restart, 0), 'w'));
  }

  private constructor(
    options: Parameters<typeof ContainerLog.open>[0],
    file: FileHandle,
  ) {
    super();
    this.setMaxListeners(0); // One for each reader that follows.
    this.restart = options.restart;
    this.#files = options.files;
    this.#clock = options.clock;
    this.#limits = options.limits ?? LOG_LIMITS;
    this.#onError = options.onError;
    this.#file = file;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The generation that is written now; see LogFiles. */
  get generation(): number {
    return this.#generation;
  }

  capture(source: Readable, tag: 'o' | 'e'): void {
    const splitter = new LineSplitter(this.#limits.maxLineBytes);
    source.on('data', (chunk: Buffer) => {
      this.#add(tag, splitter.push(chunk));
      if (this.#waitingBytes > this.#limits.maxWaitingBytes) {
        source.pause();
        this.#sources.add(source);
      }
    });
    source.on('close', () => this.#add(tag, splitter.end()));
  }

  /** Resolves when everything captured so far is in the file. */
  async flushed(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async close(): Promise<void> {
    await this.flushed();
    this.#ended = true;
    await this.#file.close();
    this.emit('change');
  }

  #add(tag: string, lines: Buffer[]): void {
    if (lines.length === 0 || this.#ended) return;
    const prefix = `${this.#clock.now().toISOString()} ${tag} `;
    for (const line of lines) {
      const buffer = Buffer.allocUnsafe(prefix.length + line.length + 1);
      buffer.write(prefix, 'latin1');
      line.copy(buffer, prefix.length);
      buffer[buffer.length - 1] = 0x0a;
      this.#waiting.push(buffer);
      this.#waitingBytes += buffer.length;
    }
    this.#writing ??= this.#write();
  }

  async #write(): Promise<void> {
    let failed = false;
    while (this.#waiting.length > 0) {
      const batch = Buffer.concat(this.#waiting);
      this.#waiting = [];
      this.#waitingBytes = 0;
      for (const source of this.#sources) source.resume();
      this.#sources.clear();
      try {
        await this.#file.appendFile(batch);
        this.#fileBytes += batch.length;
        if (this.#fileBytes > this.#limits.maxFileBytes) await this.#rotate();
        this.emit('change');
      } catch (error) {
        if (!failed) this.#onError(error);
        failed = true;
      }
    }
    this.#writing = undefined;
  }

  async #rotate(): Promise<void> {
    const next = await open(
      this.#files.path(this.restart, this.#generation + 1),
      'w',
    );
    await this.#file.close();
    this.#file = next;
    this.#fileBytes = 0;
    this.#generation += 1;
    await this.#files.removeGeneration(this.restart, this.#generation - 2);
  }
}
