/** A number from 0 to 1 that is always the same for the same text (FNV-1a). */
function chance(text) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0) / 2 ** 32;
}

/** How well a product goes with the one that is looked at; without one, how popular it is. */
function scoreOf(product, seen) {
  const popularity = chance(product.id);
  if (!seen) return popularity;
  const sameCategory = product.category === seen.category ? 1 : 0;
  const apart = Math.abs(product.price_cents - seen.price_cents);
  const similarPrice = 1 / (1 + apart / 1000);
  return 2 * sameCategory + similarPrice + popularity;
}

/** All products, best first, each with its score. */
export function rank(products, seen) {
  return products
    .filter(({ id }) => id !== seen?.id)
    .map(product => ({ ...product, score: scoreOf(product, seen) }))
    .sort((a, b) => b.score - a.score);
}
