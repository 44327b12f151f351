import { once } from 'node:events';
import type { Response } from 'express';
import type { LogStreamEvent } from '@ghostlight/plugin-health-common';

const HEARTBEAT_MS = 15_000;

/** Writes server-sent events, no faster than they are read. */
export class EventStream {
  readonly #response: Response;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(response: Response) {
    this.#response = response;
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      // Compression would hold events back.
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    this.#heartbeat = setInterval(() => {
      if (!response.writableNeedDrain) {
        response.write(': still here\n\n');
      }
    }, HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  /** Resolves when more can be written, or the reader is gone. */
  async send(event: LogStreamEvent): Promise<void> {
    const more = this.#response.write(frame(event));
    if (!more && !this.#response.destroyed) {
      const gone = new AbortController();
      const onClose = () => gone.abort();
      this.#response.once('close', onClose);
      await once(this.#response, 'drain', { signal: gone.signal }).catch(
        () => undefined,
      );
      this.#response.off('close', onClose);
    }
  }

  end(): void {
    clearInterval(this.#heartbeat);
    this.#response.end();
  }
}

function frame(event: LogStreamEvent): string {
  switch (event.type) {
    case 'line':
      return `id: ${event.id}\nevent: line\ndata: ${JSON.stringify(
        event.line,
      )}\n\n`;
    case 'replica':
      return `event: replica\ndata: ${JSON.stringify(event.replica)}\n\n`;
    case 'gap':
      return `event: gap\ndata: ${JSON.stringify(event.gap)}\n\n`;
    default:
      return `event: end\ndata: ${JSON.stringify(event.end)}\n\n`;
  }
}
