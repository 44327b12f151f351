import { HttpError } from './chassis/router.js';

const MOST = 12;

/** What this service answers: method and path to handler. */
export function createRoutes({ recommender }) {
  return {
    'GET /': () => ({ body: { service: 'recommendations' } }),
    'GET /recommendations': async ({ query }) => ({
      body: {
        items: await recommender.recommend({
          product: query.product || undefined,
          visitor: query.visitor || undefined,
          limit: readLimit(query.limit ?? '4'),
        }),
      },
    }),
  };
}

function readLimit(text) {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw new HttpError(400, `limit must be a whole number from 1 to ${MOST}`);
  }
  return limit;
}
