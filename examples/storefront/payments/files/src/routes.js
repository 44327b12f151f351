import { HttpError } from './chassis/router.js';

/** What this service answers: method and path to handler. */
export function createRoutes({ charges }) {
  return {
    'GET /': () => ({ body: { service: 'payments' } }),
    'POST /charges': async ({ body }) => ({
      status: 201,
      body: await charges.charge(readCharge(body)),
    }),
  };
}

function readCharge(body) {
  const { order, amount_cents: amountCents, card } = body ?? {};
  if (typeof order !== 'string' || order === '') {
    throw new HttpError(400, 'order must be the id of an order');
  }
  if (!Number.isInteger(amountCents) || amountCents < 1) {
    throw new HttpError(400, 'amount_cents must be a whole number above 0');
  }
  if (typeof card !== 'string' || !/^\d{16}$/.test(card)) {
    throw new HttpError(400, 'card must have 16 digits');
  }
  return { order, amountCents, card };
}
