import { setTimeout as delay } from 'node:timers/promises';

export const WAREHOUSES = ['north', 'harbour'];

/**
 * Stands in for the warehouse's PostgreSQL: tables in memory, a pool of connections, and the time that a round trip to it takes.
 * What a query looks at costs nothing here; asking does.
 */
export class Database {
  #tables;
  #free;
  #waiting = [];
  #roundTripMs;
  #queries;

  constructor({ products, poolSize, roundTripMs, registry }) {
    this.#tables = {
      products: new Map(products.map(product => [product.id, product])),
      /** Units by product and warehouse. */
      stock: new Map(
        products.map(({ id }, i) => [
          id,
          { north: 20 + (i % 40), harbour: 10 + (i % 25) },
        ]),
      ),
    };
    this.#free = poolSize;
    this.#roundTripMs = roundTripMs;
    this.#queries = registry.counter('db_queries_total', 'Queries, by name.');
    registry.gauge(
      'db_pool_waiting',
      'Queries that wait for a connection.',
      () => this.#waiting.length,
    );
  }

  /** One round trip; `run` is what the database does with its tables meanwhile. */
  async query(name, run) {
    this.#queries.add({ query: name });
    await this.#connection();
    try {
      await delay(this.#roundTripMs * (0.75 + Math.random() / 2));
      return run(this.#tables);
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }

  async #connection() {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise(resolve => this.#waiting.push(resolve));
  }
}
