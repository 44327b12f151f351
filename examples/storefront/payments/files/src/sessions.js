/** The acquirer lets each customer talk to it in a few sessions at once; who comes later waits for one. */
export class SessionPool {
  #free;
  #waiting = [];

  constructor({ size, registry }) {
    this.#free = size;
    registry.gauge(
      'acquirer_sessions_busy',
      'Sessions with the acquirer that are in use.',
      () => size - this.#free,
    );
    registry.gauge(
      'acquirer_sessions_waiting',
      'Charges that wait for a session.',
      () => this.#waiting.length,
    );
  }

  async use(work) {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise(resolve => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
