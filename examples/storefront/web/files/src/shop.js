import { CallError } from './chassis/call.js';
import { HttpError } from './chassis/router.js';

/** What the pages are made of, asked from the services that know. */
export class Shop {
  #call;
  #timeouts;
  #log;
  #incomplete;
  #checkouts;

  constructor({ call, timeouts, log, registry }) {
    this.#call = call;
    this.#timeouts = timeouts;
    this.#log = log;
    this.#incomplete = registry.counter(
      'shop_incomplete_pages_total',
      'Pages shown without a part that did not come.',
    );
    this.#checkouts = registry.counter(
      'shop_checkouts_total',
      'Checkouts, by outcome.',
    );
  }

  async home({ visitor, page }) {
    const [listing, suggestions] = await Promise.all([
      this.#ask('inventory', `/products?size=24&page=${page}`),
      this.#suggestions({ visitor }),
    ]);
    return { ...listing, suggestions };
  }

  async search(words) {
    const q = encodeURIComponent(words);
    return this.#ask('inventory', `/products?size=24&q=${q}`);
  }

  async product({ id, visitor }) {
    const [product, suggestions] = await Promise.all([
      this.#ask('inventory', `/products/${encodeURIComponent(id)}`),
      this.#suggestions({ product: id, visitor }),
    ]);
    return { product, suggestions };
  }

  async cart({ items, voucher }) {
    return this.#ask('orders', '/quotes', { items, voucher });
  }

  async checkout(order) {
    try {
      const placed = await this.#ask('orders', '/orders', order);
      this.#checkouts.add({ outcome: 'placed' });
      return placed;
    } catch (error) {
      const refused = error instanceof HttpError;
      this.#checkouts.add({ outcome: refused ? 'refused' : 'failed' });
      throw error;
    }
  }

  /** A page is shown without suggestions rather than late. */
  async #suggestions({ product = '', visitor = '' }) {
    const query = new URLSearchParams({ product, visitor, limit: '4' });
    try {
      const path = `/recommendations?${query}`;
      const { items } = await this.#ask('recommendations', path);
      return items;
    } catch (error) {
      if (!(error instanceof CallError || error instanceof HttpError))
        throw error;
      this.#incomplete.add({ part: 'recommendations' });
      this.#log.warn('shown without suggestions', { reason: error.message });
      return [];
    }
  }

  /** What the customer did wrong is theirs to read; everything else is ours to mend. */
  async #ask(to, path, body) {
    const timeoutMs = this.#timeouts[to];
    const options = body ? { method: 'POST', body } : { retries: 1 };
    try {
      return await this.#call(to, path, { timeoutMs, ...options });
    } catch (error) {
      if (error.status >= 400 && error.status < 500) {
        throw new HttpError(error.status, error.body.error);
      }
      throw error;
    }
  }
}
