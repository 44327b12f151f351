import { joinTrace, withTrace } from './chassis/trace.js';

/** Opens pages of the shop; each begins a trace. */
export class Shopper {
  #call;
  #timeoutMs;
  #pages;
  #durations;
  #log;

  constructor({ call, timeoutMs, registry, log }) {
    this.#call = call;
    this.#timeoutMs = timeoutMs;
    this.#log = log;
    this.#pages = registry.counter(
      'shoppers_pages_total',
      'Pages opened, by how that went.',
    );
    this.#durations = registry.histogram(
      'shoppers_page_duration_seconds',
      'Time until a page was there.',
      [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    );
  }

  /** Never fails: how it went is counted and, when it went wrong, told. */
  async open({ page, path, body }) {
    await withTrace(joinTrace(), async () => {
      const startedMs = performance.now();
      const outcome = await this.#outcome({ path, body });
      const ms = performance.now() - startedMs;
      this.#pages.add({ page, outcome });
      this.#durations.observe({ page }, ms / 1000);
      const isOurFault = !/^[1-4]/.test(outcome);
      const tell = isOurFault ? this.#log.warn : this.#log.debug;
      tell('page', { page, path, outcome, duration_ms: Math.round(ms) });
    });
  }

  async #outcome({ path, body }) {
    const method = body ? 'POST' : 'GET';
    const timeoutMs = this.#timeoutMs;
    try {
      await this.#call('web', path, { method, body, timeoutMs });
      return '200';
    } catch (error) {
      return error.status ? String(error.status) : error.reason ?? 'failed';
    }
  }
}
