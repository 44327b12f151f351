const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = value =>
  String(value).replace(/[&<>"]/g, character => ENTITIES[character]);

/** Markup that is put into other markup as it is. */
class Markup {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

/** A template of markup; whatever is filled in is escaped, unless it is markup itself. */
export function html(strings, ...values) {
  const filled = values.map(value => {
    if (Array.isArray(value)) return value.join('');
    return value instanceof Markup ? value : escaped(value);
  });
  return new Markup(String.raw({ raw: strings }, ...filled));
}

export const euros = cents => `€ ${(cents / 100).toFixed(2)}`;

const STYLE =
  'body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}' +
  'ul{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:.75rem}' +
  'li{border:1px solid #ccc;border-radius:.5rem;padding:.75rem}';

/** A whole page. */
export function page(title, content) {
  return `<!doctype html>${html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>${title} · Storefront</title>
      <style>
        ${STYLE}
      </style>
    </head>
    <body>
      <p><a href="/">Storefront</a></p>
      <h1>${title}</h1>
      ${content}
    </body>
  </html>`}`;
}
