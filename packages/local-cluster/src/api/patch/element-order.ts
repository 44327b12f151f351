/** Tells list items apart: by themselves, or by their merge key. */
export type Identity = (item: unknown) => unknown;

/**
 * Puts a merged list in order, as Kubernetes does: what the patch names comes in the patch's order, and everything else keeps its
 * place before what it stood before in the live list.
 *
 * @param wanted - identities in the order of the patch
 * @param live - identities in the order of the live list
 */
export function inOrder(
  merged: unknown[],
  identity: Identity,
  wanted: unknown[],
  live: unknown[],
): unknown[] {
  const by = (order: unknown[]) => (a: unknown, b: unknown) =>
    order.indexOf(identity(a)) - order.indexOf(identity(b));
  const isNamed = (item: unknown) => wanted.includes(identity(item));
  const named = merged.filter(isNamed).sort(by(wanted));
  const others = merged.filter(item => !isNamed(item)).sort(by(live));
  const result: unknown[] = [];
  for (const item of named) {
    const place = live.indexOf(identity(item));
    while (
      place >= 0 &&
      others.length > 0 &&
      live.indexOf(identity(others[0])) < place
    ) {
      result.push(others.shift());
    }
    result.push(item);
  }
  return [...result, ...others];
}
