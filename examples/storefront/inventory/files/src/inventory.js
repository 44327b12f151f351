import { HttpError } from './chassis/router.js';

const sum = units => Object.values(units).reduce((a, b) => a + b, 0);

/** What there is to buy, and how much of it. */
export class Inventory {
  #database;
  #reservations;
  #units;

  constructor({ database, registry }) {
    this.#database = database;
    this.#reservations = registry.counter(
      'inventory_reservations_total',
      'Reservations asked for, by outcome.',
    );
    this.#units = registry.counter(
      'inventory_units_reserved_total',
      'Units reserved.',
    );
  }

  /** A page of products with what is available of each. */
  async list({ category, search = '', ids, page = 1, size = 24 }) {
    const words = search.toLowerCase();
    const found = await this.#database.query('find products', ({ products }) =>
      [...products.values()].filter(
        product =>
          (!ids || ids.includes(product.id)) &&
          (!category || product.category === category) &&
          product.name.toLowerCase().includes(words),
      ),
    );
    const items = found.slice((page - 1) * size, page * size);
    const available = await this.available(items.map(({ id }) => id));
    return {
      total: found.length,
      items: items.map(product => ({
        ...product,
        available: available[product.id],
      })),
    };
  }

  async product(id) {
    const product = await this.#database.query('product', ({ products }) =>
      products.get(id),
    );
    if (!product) throw new HttpError(404, `there is no product ${id}`);
    const available = await this.available([id]);
    return { ...product, available: available[id] };
  }

  /** Everything there is, without stock, for those who keep a copy. */
  async catalogue() {
    return this.#database.query('catalogue', ({ products }) => [
      ...products.values(),
    ]);
  }

  /** Units by product; a product that does not exist is left out. */
  async available(ids) {
    return this.#database.query('stock of products', ({ stock }) =>
      Object.fromEntries(
        ids.flatMap(id => (stock.has(id) ? [[id, sum(stock.get(id))]] : [])),
      ),
    );
  }

  /** Takes all of the items or none. */
  async reserve(items) {
    const missing = await this.#database.query('reserve', ({ stock }) => {
      const short = items.filter(
        ({ product, quantity }) => sum(stock.get(product) ?? {}) < quantity,
      );
      if (short.length > 0) return short.map(({ product }) => product);
      for (const { product, quantity } of items)
        take(stock.get(product), quantity);
      return [];
    });
    this.#reservations.add({ outcome: missing.length ? 'refused' : 'made' });
    if (missing.length > 0) {
      throw new HttpError(409, `not enough of ${missing.join(', ')}`);
    }
    this.#units.add(
      {},
      items.reduce((units, { quantity }) => units + quantity, 0),
    );
  }

  /** Puts reserved items back. */
  async release(items) {
    await this.#database.query('release', ({ stock }) => {
      for (const { product, quantity } of items) {
        const units = stock.get(product);
        if (units) units.north += quantity;
      }
    });
    this.#reservations.add({ outcome: 'released' });
  }
}

/** From the fullest warehouse first. */
function take(units, quantity) {
  let left = quantity;
  for (const [warehouse] of Object.entries(units).sort((a, b) => b[1] - a[1])) {
    const taken = Math.min(left, units[warehouse]);
    units[warehouse] -= taken;
    left -= taken;
  }
}
