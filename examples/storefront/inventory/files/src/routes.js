import { HttpError } from './chassis/router.js';

const MOST_PER_PAGE = 100;

/** What this service answers: method and path to handler. */
export function createRoutes({ inventory }) {
  return {
    'GET /': () => ({ body: { service: 'inventory' } }),
    'GET /products': async ({ query }) => ({
      body: await inventory.list({
        category: query.category,
        search: query.q,
        ids: query.ids?.split(','),
        page: whole(query.page, 1),
        size: Math.min(whole(query.size, 24), MOST_PER_PAGE),
      }),
    }),
    'GET /products/:id': async ({ params }) => ({
      body: await inventory.product(params.id),
    }),
    'GET /catalogue': async () => ({
      body: { items: await inventory.catalogue() },
    }),
    'GET /stock': async ({ query }) => ({
      body: { available: await inventory.available(ids(query.ids)) },
    }),
    'POST /reservations': async ({ body }) => {
      await inventory.reserve(items(body));
      return { status: 201, body: { reserved: true } };
    },
    'POST /reservations/release': async ({ body }) => {
      await inventory.release(items(body));
      return { body: { released: true } };
    },
  };
}

function whole(text, otherwise) {
  return /^[1-9]\d{0,5}$/.test(text ?? '') ? Number(text) : otherwise;
}

function ids(text) {
  if (!text) throw new HttpError(400, 'say which products: ?ids=p-0001,p-0002');
  return text.split(',');
}

function items(body) {
  const given = body?.items;
  const fine =
    Array.isArray(given) &&
    given.length > 0 &&
    given.every(
      item =>
        typeof item?.product === 'string' &&
        Number.isInteger(item.quantity) &&
        item.quantity > 0,
    );
  if (!fine) {
    throw new HttpError(400, 'items must be a list of {product, quantity}');
  }
  return given;
}
