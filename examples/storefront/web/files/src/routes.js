import { HttpError } from './chassis/router.js';
import {
  cartPage,
  homePage,
  productPage,
  searchPage,
  sorryPage,
  thanksPage,
} from './pages.js';

/** What this service answers: method and path to handler. */
export function createRoutes({ shop, registry }) {
  const views = registry.counter('shop_page_views_total', 'Pages asked for.');

  /** A page; what the customer can mend is told on a page of its own. */
  const shown = (name, make) => async request => {
    views.add({ page: name });
    try {
      return { body: await make(request) };
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      const title = error.status === 404 ? 'Not found' : 'That did not work';
      return { status: error.status, body: sorryPage(title, error.message) };
    }
  };

  return {
    'GET /': shown('home', async ({ query }) =>
      homePage(
        await shop.home({
          visitor: query.visitor,
          page: /^[1-9]\d?$/.test(query.page ?? '') ? query.page : 1,
        }),
      ),
    ),
    'GET /search': shown('search', async ({ query }) => {
      const words = (query.q ?? '').trim().slice(0, 100);
      return searchPage(words, await shop.search(words));
    }),
    'GET /products/:id': shown('product', async ({ params, query }) =>
      productPage(
        await shop.product({ id: params.id, visitor: query.visitor }),
      ),
    ),
    'POST /cart': shown('cart', async ({ body }) => {
      const items = readItems(body?.items);
      const quote = await shop.cart({ items, voucher: body.voucher });
      return cartPage(quote, body.items);
    }),
    'POST /checkout': shown('checkout', async ({ body }) => {
      const items = readItems(body?.items);
      const { customer, card, note, voucher } = body;
      return thanksPage(
        await shop.checkout({ items, customer, card, note, voucher }),
      );
    }),
  };
}

/** A cart as the forms carry it: `p-0001:2,p-0040:1`. */
function readItems(text) {
  if (typeof text !== 'string' || text === '') {
    throw new HttpError(400, 'your cart is empty');
  }
  return text.split(',').map(item => {
    const [, product, quantity] = /^([\w-]+):([1-9]\d?)$/.exec(item) ?? [];
    if (!product) throw new HttpError(400, 'this cart cannot be read');
    return { product, quantity: Number(quantity) };
  });
}
