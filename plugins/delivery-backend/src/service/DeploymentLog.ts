import { LogStore } from '../database/LogStore';
import { redact } from './redact';

/** A log beyond this is a fault of the build, and nobody reads it. */
const MAX_LINES = 5000;
const MAX_LINE_LENGTH = 2000;
const FLUSH_EVERY_MS = 200;
/** Colours and cursor movements of terminals. */
// eslint-disable-next-line no-control-regex
const CONTROL = /\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Writes the log of one deployment: redacted, bounded, in batches. */
export class DeploymentLog {
  readonly #secrets = new Set<string>();
  #pending: Array<{ at: Date; line: string }> = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #count: number;

  static async open(
    store: LogStore,
    id: string,
    onError: (error: Error) => void,
  ) {
    return new DeploymentLog(store, id, await store.count(id), onError);
  }

  private constructor(
    private readonly store: LogStore,
    private readonly id: string,
    count: number,
    private readonly onError: (error: Error) => void,
  ) {
    this.#count = count;
  }

  hide(secret: string): void {
    this.#secrets.add(secret);
  }

  write(text: string): void {
    for (const line of text.replace(CONTROL, '').split('\n')) {
      this.#count += 1;
      if (this.#count <= MAX_LINES) {
        this.#push(redact(line, this.#secrets));
      } else if (this.#count === MAX_LINES + 1) {
        this.#push(
          `The log is longer than ${MAX_LINES} lines; the rest is left out`,
        );
      }
    }
  }

  /** Writes a line that is kept even if the log is full: how it ended. */
  conclude(text: string): void {
    for (const line of text.split('\n')) {
      this.#push(redact(line, this.#secrets));
    }
  }

  /** A secret may be in the reason of a failure too. */
  redact(text: string): string {
    return redact(text, this.#secrets);
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#pending;
    this.#pending = [];
    this.#writing = this.#writing
      .then(() => this.store.append(this.id, lines))
      .catch(this.onError);
    await this.#writing;
  }

  #push(line: string): void {
    const cut =
      line.length > MAX_LINE_LENGTH
        ? `${line.slice(0, MAX_LINE_LENGTH)}… (${line.length} characters)`
        : line;
    this.#pending.push({ at: new Date(), line: cut });
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, FLUSH_EVERY_MS);
  }
}
