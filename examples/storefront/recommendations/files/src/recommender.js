import { rank } from './ranking.js';

/** Of a ranking as many are kept as anybody ever asks for. */
const KEPT = 24;

/** Suggests what else a customer may like, of what there is in stock. */
export class Recommender {
  #call;
  #catalogue;
  #cache;
  #stockTimeoutMs;
  #log;
  #made;

  constructor({ call, catalogue, cache, stockTimeoutMs, log, registry }) {
    this.#call = call;
    this.#catalogue = catalogue;
    this.#cache = cache;
    this.#stockTimeoutMs = stockTimeoutMs;
    this.#log = log;
    this.#made = registry.counter(
      'recommendations_made_total',
      'Recommendations given, by whether stock was known.',
    );
  }

  async recommend({ product, limit }) {
    const ranking = await this.#ranking(product);
    // A few more than asked for, since some may be sold out.
    const candidates = ranking.slice(0, limit * 2);
    const available = await this.#available(candidates);
    this.#made.add({ stock: available ? 'known' : 'unknown' });
    return candidates
      .filter(({ id }) => !available || available[id] > 0)
      .slice(0, limit)
      .map(({ id, name, price_cents }) => ({ id, name, price_cents }));
  }

  async #ranking(product) {
    const key = product ?? 'popular';
    const kept = this.#cache.get(key);
    if (kept) return kept;
    const products = await this.#catalogue.products();
    const seen = products.find(({ id }) => id === product);
    const ranking = rank(products, seen).slice(0, KEPT);
    this.#cache.set(key, ranking);
    return ranking;
  }

  /** Units by product, or undefined: a suggestion that is sold out is better than none. */
  async #available(products) {
    const ids = products.map(({ id }) => id).join(',');
    try {
      const path = `/stock?ids=${ids}`;
      const timeoutMs = this.#stockTimeoutMs;
      const answer = await this.#call('inventory', path, { timeoutMs });
      return answer.available;
    } catch (error) {
      this.#log.warn('stock is not known', { reason: error.reason });
      return undefined;
    }
  }
}
