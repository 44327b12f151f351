/** Something that takes room in a column: a node, the words of an edge, or an edge passing by. */
export interface Item {
  column: number;
  height: number;
  /** Neighbours in the column before and in the one after. */
  before: Item[];
  after: Item[];
}

const sweeps = 8;

/**
 * Sorts the items of each column so that few lines cross: each goes to the
 * mean row of its neighbours, from the left and from the right by turns
 * (Sugiyama, Tagawa and Toda, 1981, the barycentre method), and the best of
 * all turns stays.
 */
export function orderRows(columns: readonly Item[][]): Item[][] {
  let current = columns.map(column => [...column]);
  let best = current;
  let fewest = crossings(best);
  for (let turn = 0; turn < sweeps && fewest > 0; turn += 1) {
    current = sweep(current, turn % 2 === 0 ? 'before' : 'after');
    const count = crossings(current);
    if (count < fewest) {
      fewest = count;
      best = current;
    }
  }
  return best;
}

function sweep(columns: Item[][], side: 'before' | 'after'): Item[][] {
  const rowOf = new Map<Item, number>();
  const result = [...columns];
  const indexes = columns.map((_, index) => index);
  for (const index of side === 'before' ? indexes : indexes.reverse()) {
    const wanted = new Map(
      columns[index].map((item, row) => [
        item,
        mean(item[side].map(other => rowOf.get(other) ?? 0)) ?? row,
      ]),
    );
    result[index] = [...columns[index]].sort(
      (a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0),
    );
    result[index].forEach((item, row) => rowOf.set(item, row));
  }
  return result;
}

/** How often lines between neighbouring columns cross. */
export function crossings(columns: readonly Item[][]): number {
  return columns
    .slice(1)
    .reduce(
      (sum, column, index) => sum + crossingsBetween(columns[index], column),
      0,
    );
}

/** Of lines sorted by where they begin, two cross where the later one ends above the earlier one. */
function crossingsBetween(left: Item[], right: Item[]): number {
  const rowOf = new Map(right.map((item, row) => [item, row]));
  const ends = left.flatMap(item =>
    item.after.map(other => rowOf.get(other) ?? 0).sort((a, b) => a - b),
  );
  // How many of the earlier lines end in each row, summed over rows (a Fenwick tree).
  const sums = new Array<number>(right.length + 1).fill(0);
  let count = 0;
  ends.forEach((end, earlier) => {
    let notBelow = 0;
    for (let at = end + 1; at > 0; at -= at & -at) {
      notBelow += sums[at];
    }
    count += earlier - notBelow;
    for (let at = end + 1; at < sums.length; at += at & -at) {
      sums[at] += 1;
    }
  });
  return count;
}

export function mean(values: readonly number[]): number | undefined {
  return values.length > 0
    ? values.reduce((sum, value) => sum + value, 0) / values.length
    : undefined;
}
