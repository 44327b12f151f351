/** Keeps the rankings that were asked for last, by product. */
export class RankingCache {
  #max;
  #rankings = new Map();
  #lookups;

  constructor({ max, registry }) {
    this.#max = max;
    this.#lookups = registry.counter(
      'recommendations_cache_lookups_total',
      'Rankings looked for in the cache, by outcome.',
    );
    registry.gauge(
      'recommendations_cache_entries',
      'Rankings in the cache.',
      () => this.#rankings.size,
    );
  }

  get(key) {
    const ranking = this.#rankings.get(key);
    this.#lookups.add({ outcome: ranking ? 'hit' : 'miss' });
    if (!ranking) return undefined;
    // A Map keeps the order of insertion: what was asked for last goes to its end.
    this.#rankings.delete(key);
    this.#rankings.set(key, ranking);
    return ranking;
  }

  set(key, ranking) {
    this.#rankings.set(key, ranking);
    if (this.#rankings.size > this.#max) {
      const [oldest] = this.#rankings.keys();
      this.#rankings.delete(oldest);
    }
  }
}
