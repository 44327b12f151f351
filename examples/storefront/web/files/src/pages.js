import { euros, html, page } from './html.js';

const product = ({ id, name, price_cents, available }) => html`<li>
  <a href="/products/${id}">${name}</a><br />${euros(price_cents)}
  ${available === 0 ? html`<br />sold out` : ''}
</li>`;

const list = products =>
  html`<ul>
    ${products.map(product)}
  </ul>`;

const suggested = suggestions =>
  suggestions.length === 0
    ? ''
    : html`<h2>You may also like</h2>
        ${list(suggestions)}`;

const searchForm = html`<form action="/search">
  <input name="q" aria-label="Search" />
  <button>Search</button>
</form>`;

export const homePage = ({ items, total, suggestions }) =>
  page(
    'Everything for the house',
    html`${searchForm}
      <p>${total} products</p>
      ${list(items)} ${suggested(suggestions)}`,
  );

export const searchPage = (words, { items, total }) =>
  page(
    `Search: ${words}`,
    html`${searchForm}
      <p>${total} found</p>
      ${list(items)}`,
  );

export const productPage = ({ product: shown, suggestions }) =>
  page(
    shown.name,
    html`<p>${euros(shown.price_cents)}, ${shown.available} in stock</p>
      <form action="/cart" method="post">
        <input type="hidden" name="items" value="${shown.id}:1" />
        <button>Put into the cart</button>
      </form>
      ${suggested(suggestions)}`,
  );

export const cartPage = ({ lines, total_cents, delivery_cents }, items) =>
  page(
    'Your cart',
    html`<ul>
        ${lines.map(
          line =>
            html`<li>
              ${line.quantity} x ${line.name}, ${euros(line.price_cents)}
            </li>`,
        )}
      </ul>
      <p>
        ${euros(total_cents)}, of which ${euros(delivery_cents)} for delivery
      </p>
      <form action="/checkout" method="post">
        <input type="hidden" name="items" value="${items}" />
        <label>Name <input name="customer" required /></label>
        <label>Card <input name="card" value="4000000000000001" /></label>
        <label>Note <input name="note" /></label>
        <label>Voucher <input name="voucher" /></label>
        <button>Buy</button>
      </form>`,
  );

export const thanksPage = ({ id, total_cents }) =>
  page(
    'Thank you',
    html`<p>Your order ${id} over ${euros(total_cents)} is on its way.</p>`,
  );

export const sorryPage = (title, message) =>
  page(title, html`<p>${message}</p>`);
