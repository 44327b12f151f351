/** The inventory's products, asked for again when they are older than they may be. */
export class Catalogue {
  #call;
  #log;
  #maxAgeMs;
  #now;
  #products = [];
  #asOfMs = -Infinity;
  #asking;

  constructor({ call, log, maxAgeMs, now = () => performance.now() }) {
    this.#call = call;
    this.#log = log;
    this.#maxAgeMs = maxAgeMs;
    this.#now = now;
  }

  /** Old products are better than none: who comes while new ones are on their way gets the old ones. */
  async products() {
    const isOld = this.#now() - this.#asOfMs > this.#maxAgeMs;
    if (isOld) {
      this.#asking ??= this.#ask().finally(() => {
        this.#asking = undefined;
      });
      if (this.#products.length === 0) await this.#asking;
    }
    return this.#products;
  }

  async #ask() {
    try {
      const { items } = await this.#call('inventory', '/catalogue', {
        retries: 1,
      });
      this.#products = items;
      this.#asOfMs = this.#now();
      this.#log.info('catalogue read', { products: items.length });
    } catch (error) {
      this.#log.warn('catalogue could not be read', { error });
      if (this.#products.length === 0) throw error;
    }
  }
}
