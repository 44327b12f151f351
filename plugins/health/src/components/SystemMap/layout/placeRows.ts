import { Item, mean } from './orderRows';

const rounds = 8;

/**
 * The middle of each item, top to bottom in the order given and never closer
 * than `gap`: as near to the middle of its neighbours as that allows.
 */
export function placeRows(
  columns: readonly Item[][],
  gap: number,
): Map<Item, number> {
  const middle = new Map<Item, number>();
  columns.forEach(column => {
    const offsets = stack(column, gap);
    const half = (offsets[offsets.length - 1] ?? 0) / 2;
    column.forEach((item, row) => middle.set(item, offsets[row] - half));
  });
  for (let round = 0; round < rounds; round += 1) {
    const fromLeft = round % 2 === 0;
    const order = fromLeft ? columns : [...columns].reverse();
    order.forEach(column => {
      const wanted = column.map(item => {
        const side = fromLeft ? item.before : item.after;
        const neighbours = side.length > 0 ? side : [item];
        return mean(neighbours.map(other => middle.get(other) ?? 0)) ?? 0;
      });
      const placed = apart(wanted, stack(column, gap));
      column.forEach((item, row) => middle.set(item, placed[row]));
    });
  }
  return middle;
}

/** Middles of items that stand on each other, the first at 0. */
function stack(column: readonly Item[], gap: number): number[] {
  let at = 0;
  return column.map((item, row) => {
    if (row > 0) {
      at += (column[row - 1].height + item.height) / 2 + gap;
    }
    return at;
  });
}

/**
 * Places as near to the wanted ones as can be, by least squares, with the
 * distances of `offsets` or more between them: less those offsets, places may
 * only grow, and that is pooling adjacent violators.
 */
function apart(
  wanted: readonly number[],
  offsets: readonly number[],
): number[] {
  const blocks: { sum: number; count: number }[] = [];
  wanted.forEach((value, row) => {
    blocks.push({ sum: value - offsets[row], count: 1 });
    while (
      blocks.length > 1 &&
      level(blocks.length - 2) > level(blocks.length - 1)
    ) {
      const last = blocks.pop();
      const previous = blocks[blocks.length - 1];
      previous.sum += last?.sum ?? 0;
      previous.count += last?.count ?? 0;
    }
  });
  function level(index: number): number {
    return blocks[index].sum / blocks[index].count;
  }
  return blocks
    .flatMap((block, index) =>
      new Array<number>(block.count).fill(level(index)),
    )
    .map((value, row) => value + offsets[row]);
}
