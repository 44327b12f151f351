const PRODUCTS = 1200;
const WORDS = ['lamp', 'oak', 'kettle', 'wool', 'tent', 'pen', 'glass', 'rug'];
const ODD_WORDS = ['', '%', '<script>', 'kettle '.repeat(30), '日本', '🫖'];
const NOTES = ['Leave it with the neighbour', 'Please ring twice', 'A gift'];
const NAMES = ['Ada', 'Björn', 'Chidi', 'Dana', "Eoin O'Shea", 'Françoise'];

/** Of the visits so many go on to the next step. */
const SEARCHES = 0.35;
const LOOKS_AGAIN = 0.6;
const FILLS_CART = 0.4;
const BUYS = 0.75;
/** Of the odd things people do. */
const ODD = 0.03;

/** Pages of a visit on average: home, a product, and what may follow. */
export const MEAN_STEPS =
  2 + SEARCHES + LOOKS_AGAIN + FILLS_CART + FILLS_CART * BUYS;

/** The pages that one visitor opens, in order. */
export function planVisit({ visitor, random }) {
  const maybe = share => random() < share;
  const oneOf = list => list[Math.floor(random() * list.length)];
  // Some products are looked at far more often than others.
  const product = () =>
    `p-${String(1 + Math.floor(PRODUCTS * random() ** 2)).padStart(4, '0')}`;
  const items = () => {
    const lines = 1 + Math.floor(random() * 3);
    const line = () => `${product()}:${1 + Math.floor(random() * 2)}`;
    return Array.from({ length: lines }, line).join(',');
  };

  const steps = [{ page: 'home', path: `/?visitor=${visitor}` }];
  if (maybe(SEARCHES)) {
    const q = encodeURIComponent(maybe(ODD) ? oneOf(ODD_WORDS) : oneOf(WORDS));
    steps.push({ page: 'search', path: `/search?q=${q}` });
  }
  const look = () => {
    const id = maybe(ODD) ? 'p-9999' : product();
    const path = `/products/${id}?visitor=${visitor}`;
    steps.push({ page: 'product', path });
  };
  look();
  if (maybe(LOOKS_AGAIN)) look();
  if (!maybe(FILLS_CART)) return steps;
  const cart = { items: items(), voucher: voucher({ maybe, oneOf }) };
  steps.push({ page: 'cart', path: '/cart', body: cart });
  if (!maybe(BUYS)) return steps;
  const body = {
    ...cart,
    customer: oneOf(NAMES),
    card: maybe(ODD) ? '4000000000000002' : '4000000000000001',
    // The quick checkout of the app has no field for a note.
    ...(maybe(0.7) && { note: oneOf(NOTES) }),
  };
  steps.push({ page: 'checkout', path: '/checkout', body });
  return steps;
}

function voucher({ maybe, oneOf }) {
  if (maybe(ODD)) return 'SUMMER99';
  return maybe(0.2) ? oneOf(['WELCOME10', 'SPRING5', 'FREESHIP']) : undefined;
}
