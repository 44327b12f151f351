import { setTimeout as delay } from 'node:timers/promises';

/**
 * Stands in for the bank that takes the money. As with the real one, an answer usually comes at once, and now and then not for
 * minutes. Asking twice with the same reference charges once.
 */
export class SandboxAcquirer {
  #typicalMs;
  #slowShare;
  #slowMs;
  #random;

  constructor({ typicalMs, slowShare, slowMs, random = Math.random }) {
    this.#typicalMs = typicalMs;
    this.#slowShare = slowShare;
    this.#slowMs = slowMs;
    this.#random = random;
  }

  /** Resolves with `{ approved, code }`; rejects when the signal says so first. */
  async authorise({ card }, { signal } = {}) {
    const slow = this.#random() < this.#slowShare;
    const usual = this.#typicalMs * (0.5 + this.#random());
    await delay(slow ? this.#slowMs : usual, undefined, { signal });
    if (card.endsWith('0002')) return { approved: false, code: 'declined' };
    return { approved: true, code: 'ok' };
  }
}
