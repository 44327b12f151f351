import type { SignalApi } from '@backstage/plugin-signals-react';
import type { JsonObject } from '@backstage/types';

/** Signals that a test sends itself. */
export class FakeSignals implements SignalApi {
  readonly #listeners = new Map<string, ((message: JsonObject) => void)[]>();

  subscribe<TMessage extends JsonObject>(
    channel: string,
    onMessage: (message: TMessage) => void,
  ) {
    const listeners = this.#listeners.get(channel) ?? [];
    // The channel says what it carries; TypeScript cannot know.
    this.#listeners.set(channel, [
      ...listeners,
      message => onMessage(message as TMessage),
    ]);
    return { unsubscribe: () => {} };
  }

  send(channel: string, message: JsonObject) {
    this.#listeners.get(channel)?.forEach(listener => listener(message));
  }
}
