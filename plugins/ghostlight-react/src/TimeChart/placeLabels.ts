/**
 * Moves labels that would overlap apart, as little as possible, within the
 * height. Takes and gives the middles of the labels, in any order.
 */
export function placeLabels(
  wanted: readonly number[],
  gapPx: number,
  heightPx: number,
): number[] {
  const order = wanted
    .map((y, index) => ({ y, index }))
    .sort((a, b) => a.y - b.y || a.index - b.index);
  let floor = gapPx / 2;
  for (const label of order) {
    label.y = Math.max(label.y, floor);
    floor = label.y + gapPx;
  }
  let ceiling = heightPx - gapPx / 2;
  for (const label of [...order].reverse()) {
    label.y = Math.min(label.y, ceiling);
    ceiling = label.y - gapPx;
  }
  const placed = [...wanted];
  order.forEach(({ y, index }) => {
    placed[index] = y;
  });
  return placed;
}
