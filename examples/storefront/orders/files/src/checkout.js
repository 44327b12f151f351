import { randomUUID } from 'node:crypto';
import { HttpError } from './chassis/router.js';
import { totalOf } from './pricing.js';
import { packingSlip } from './slip.js';

/** From what is in the cart to an order that is paid. */
export class Checkout {
  #call;
  #inventoryTimeoutMs;
  #paymentsTimeoutMs;
  #log;
  #orders;

  constructor({ call, inventoryTimeoutMs, paymentsTimeoutMs, log, registry }) {
    this.#call = call;
    this.#inventoryTimeoutMs = inventoryTimeoutMs;
    this.#paymentsTimeoutMs = paymentsTimeoutMs;
    this.#log = log;
    this.#orders = registry.counter('orders_total', 'Orders, by outcome.');
  }

  /** What the items cost now, and whether there are enough of them. */
  async quote({ items, voucher }) {
    const ids = items.map(({ product }) => product).join(',');
    const { items: products } = await this.#inventory(
      `/products?size=100&ids=${encodeURIComponent(ids)}`,
    );
    const byId = new Map(products.map(product => [product.id, product]));
    const lines = items.map(({ product, quantity }) => {
      const found = byId.get(product);
      if (!found) throw new HttpError(404, `there is no product ${product}`);
      const { name, price_cents, available } = found;
      return { product, name, quantity, price_cents, available };
    });
    return { lines, ...totalOf(lines, voucher) };
  }

  /** Reserves, charges, and only then is it an order. */
  async place(order) {
    const quote = await this.quote(order);
    const id = `o-${randomUUID().slice(0, 8)}`;
    await this.#reserve(order.items);
    try {
      await this.#charge({ id, card: order.card, ...quote });
    } catch (error) {
      this.#orders.add({ outcome: 'not paid' });
      await this.#release(id, order.items);
      throw error;
    }
    const slip = packingSlip({ ...order, id, lines: quote.lines });
    this.#orders.add({ outcome: 'placed' });
    this.#log.info('order placed', {
      order: id,
      customer: order.customer,
      items: order.items.length,
      total_cents: quote.total_cents,
    });
    return { id, status: 'placed', total_cents: quote.total_cents, slip };
  }

  async #reserve(items) {
    try {
      await this.#inventory('/reservations', {
        method: 'POST',
        body: { items },
      });
    } catch (error) {
      if (error.status !== 409) throw error;
      this.#orders.add({ outcome: 'sold out' });
      throw new HttpError(409, error.body.error);
    }
  }

  async #charge({ id, card, total_cents }) {
    const body = { order: id, amount_cents: total_cents, card };
    try {
      await this.#call('payments', '/charges', {
        method: 'POST',
        body,
        timeoutMs: this.#paymentsTimeoutMs,
      });
    } catch (error) {
      if (error.status !== 402 && error.status !== 400) throw error;
      throw new HttpError(error.status, error.body.error);
    }
  }

  /** What cannot be put back now is found by the nightly count. */
  async #release(order, items) {
    try {
      await this.#inventory('/reservations/release', {
        method: 'POST',
        body: { items },
      });
    } catch (error) {
      this.#log.warn('items stay reserved', { order, error });
    }
  }

  #inventory(path, options) {
    const timeoutMs = this.#inventoryTimeoutMs;
    return this.#call('inventory', path, { timeoutMs, ...options });
  }
}
