import { HttpError } from './chassis/router.js';

const MOST_LINES = 20;
const MOST_OF_ONE = 50;

/** What this service answers: method and path to handler. */
export function createRoutes({ checkout }) {
  return {
    'GET /': () => ({ body: { service: 'orders' } }),
    'POST /quotes': async ({ body }) => ({
      body: await checkout.quote({
        items: readItems(body),
        voucher: readText(body.voucher, 'voucher'),
      }),
    }),
    'POST /orders': async ({ body }) => ({
      status: 201,
      body: await checkout.place(readOrder(body)),
    }),
  };
}

function readOrder(body) {
  const items = readItems(body);
  const customer = readText(body.customer, 'customer');
  if (!customer) throw new HttpError(400, 'customer is missing');
  return {
    items,
    customer,
    card: readText(body.card, 'card') ?? '',
    voucher: readText(body.voucher, 'voucher'),
    note: readText(body.note, 'note'),
  };
}

function readItems(body) {
  const items = body?.items;
  if (!Array.isArray(items) || items.length === 0) {
    throw new HttpError(400, 'the cart is empty');
  }
  if (items.length > MOST_LINES) {
    throw new HttpError(400, `an order has at most ${MOST_LINES} products`);
  }
  return items.map(item => {
    const { product, quantity } = item ?? {};
    const whole = Number.isInteger(quantity) && quantity > 0;
    if (typeof product !== 'string' || !whole || quantity > MOST_OF_ONE) {
      throw new HttpError(
        400,
        `each item must be {product, quantity}, 1 to ${MOST_OF_ONE} of it`,
      );
    }
    return { product, quantity };
  });
}

function readText(value, name) {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string' || value.length > 500) {
    throw new HttpError(
      400,
      `${name} must be a text of at most 500 characters`,
    );
  }
  return value;
}
