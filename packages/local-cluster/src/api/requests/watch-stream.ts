import type { ServerResponse } from 'node:http';
import type { Clock } from '../../types.ts';

/** Events of a burst go out together; the first after a pause goes out at once. */
const BATCH_MS = 10;
/** A reader this far behind is cut off; it resumes from the last event it has seen. */
const MAX_UNREAD_BYTES = 16 * 1024 * 1024;

/** Writes the lines of one watch, batched. */
export class WatchStream {
  readonly #response: ServerResponse;
  readonly #clock: Clock;
  #pending: string[] = [];
  #lastFlush = 0;
  #scheduled = false;

  constructor(response: ServerResponse, clock: Clock) {
    this.#response = response;
    this.#clock = clock;
    response.writeHead(200, {
      'content-type': 'application/json',
      'cache-control': 'no-cache, private',
    });
    response.flushHeaders();
  }

  /** @param object - JSON text */
  send(type: string, object: string): void {
    this.#pending.push(`{"type":"${type}","object":${object}}\n`);
    if (this.#scheduled) return;
    this.#scheduled = true;
    const since = this.#clock.now().getTime() - this.#lastFlush;
    if (since >= BATCH_MS) setImmediate(() => this.#flush());
    else this.#clock.after(BATCH_MS - since, () => this.#flush());
  }

  end(): void {
    this.#flush();
    this.#response.end();
  }

  #flush(): void {
    this.#scheduled = false;
    this.#lastFlush = this.#clock.now().getTime();
    if (this.#pending.length === 0 || this.#response.writableEnded) return;
    this.#response.write(this.#pending.join(''));
    this.#pending = [];
    if (this.#response.writableLength > MAX_UNREAD_BYTES) {
      this.#response.destroy();
    }
  }
}
