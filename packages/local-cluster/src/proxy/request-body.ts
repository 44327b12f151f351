import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/**
 * The body of a request for one attempt. It takes nothing from the caller before it is read, so an attempt that never
 * reached a pod can be repeated; and when the attempt's client destroys it, the caller's connection stays whole, because
 * the answer still has to go there.
 */
export class RequestBody extends Readable {
  readonly #source: IncomingMessage;
  #attached = false;
  #consumed = false;

  constructor(source: IncomingMessage) {
    super();
    this.#source = source;
    this.on('error', () => {});
  }

  /** Bytes were taken: they cannot be sent to another pod. */
  get consumed(): boolean {
    return this.#consumed;
  }

  override _read(): void {
    if (!this.#attached) {
      this.#attached = true;
      this.#source.on('data', this.#onData);
      this.#source.on('end', this.#onEnd);
      this.#source.on('close', this.#onClose);
      if (this.#source.readableEnded) this.push(null);
    }
    this.#source.resume();
  }

  override _destroy(
    error: Error | null,
    done: (error?: Error | null) => void,
  ): void {
    this.#source.off('data', this.#onData);
    this.#source.off('end', this.#onEnd);
    this.#source.off('close', this.#onClose);
    done(error);
  }

  readonly #onData = (chunk: Buffer) => {
    this.#consumed = true;
    if (!this.push(chunk)) this.#source.pause();
  };

  readonly #onEnd = () => {
    this.push(null);
  };

  readonly #onClose = () => {
    if (!this.#source.complete) {
      this.destroy(
        new Error('the caller went away before its request was whole'),
      );
    }
  };
}
