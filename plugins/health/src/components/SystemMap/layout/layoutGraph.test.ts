import { layoutGraph, LayoutOptions } from './layoutGraph';
import type { Layout, LayoutEdge } from './types';

const options: LayoutOptions = {
  label: { width: 90, height: 36 },
  gap: 12,
  lineAside: 12,
  margin: 4,
};

function draw(ids: string[], edges: [from: string, to: string][]): Layout {
  return layoutGraph(
    ids.map(id => ({ id, width: 160, height: 80 })),
    edges.map(([from, to]): LayoutEdge => ({ from, to })),
    options,
  );
}

const layers = (layout: Layout) =>
  Object.fromEntries(layout.nodes.map(({ id, layer }) => [id, layer]));

interface Box {
  name: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Everything that takes room: nodes, and the words of edges. */
function boxes(layout: Layout): Box[] {
  const { width, height } = options.label;
  return [
    ...layout.nodes.map(node => ({
      name: node.id,
      left: node.x,
      right: node.x + node.width,
      top: node.y,
      bottom: node.y + node.height,
    })),
    ...layout.edges.map(({ from, to, label }) => ({
      name: `${from}->${to}`,
      left: label.x - width / 2,
      right: label.x + width / 2,
      top: label.y - height / 2,
      bottom: label.y + height / 2,
    })),
  ];
}

function overlaps(layout: Layout): string[] {
  const all = boxes(layout);
  return all.flatMap((a, index) =>
    all
      .slice(index + 1)
      .filter(
        b =>
          a.left < b.right - 0.01 &&
          b.left < a.right - 0.01 &&
          a.top < b.bottom - 0.01 &&
          b.top < a.bottom - 0.01,
      )
      .map(b => `${a.name} on ${b.name}`),
  );
}

function outside(layout: Layout): string[] {
  return boxes(layout)
    .filter(
      box =>
        box.left < 0 ||
        box.top < 0 ||
        box.right > layout.width ||
        box.bottom > layout.height,
    )
    .map(({ name }) => name);
}

it('puts who is called right of who calls, as deep as the longest way', () => {
  const layout = draw(
    ['web', 'orders', 'payments', 'outside'],
    [
      ['outside', 'web'],
      ['web', 'orders'],
      ['web', 'payments'],
      ['orders', 'payments'],
    ],
  );
  expect(layers(layout)).toEqual({
    outside: 0,
    web: 1,
    orders: 2,
    payments: 3,
  });
  expect(overlaps(layout)).toEqual([]);
  expect(outside(layout)).toEqual([]);
});

it('leads edges from the right side of one node to the left side of the other, and past what is between', () => {
  const layout = draw(
    ['a', 'b', 'c'],
    [
      ['a', 'b'],
      ['b', 'c'],
      ['a', 'c'],
    ],
  );
  const [a, b, c] = layout.nodes;
  const long = layout.edges[2];
  expect(long.points[0].x).toBe(a.x + a.width);
  expect(long.points[long.points.length - 1].x).toBe(c.x);
  const besideB = long.points.filter(({ x }) => x >= b.x && x <= b.x + b.width);
  expect(besideB.length).toBeGreaterThan(0);
  besideB.forEach(({ y }) => expect(y < b.y || y > b.y + b.height).toBe(true));
});

it('draws a cycle: all but one edge to the right, and that one back', () => {
  const layout = draw(
    ['a', 'b', 'c'],
    [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ],
  );
  expect(layers(layout)).toEqual({ a: 0, b: 1, c: 2 });
  expect(layout.edges.map(({ isBack }) => isBack)).toEqual([
    false,
    false,
    true,
  ]);
  const back = layout.edges[2].points;
  expect(back[0].x).toBeGreaterThan(back[back.length - 1].x);
  expect(overlaps(layout)).toEqual([]);
});

it('keeps two that call each other on two lines', () => {
  const layout = draw(
    ['a', 'b'],
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
  );
  const [there, back] = layout.edges;
  expect(there.label.y).not.toBe(back.label.y);
  expect(there.points[0].y).not.toBe(back.points[back.points.length - 1].y);
});

it('puts islands below, in rows, and leaves out who calls itself and who is not known', () => {
  const layout = draw(
    ['a', 'b', 'lonely', 'alone'],
    [
      ['a', 'b'],
      ['lonely', 'lonely'],
      ['a', 'nobody'],
    ],
  );
  expect(layout.edges).toHaveLength(1);
  const [a, , lonely, alone] = layout.nodes;
  expect(lonely.layer).toBeUndefined();
  expect(lonely.y).toBeGreaterThan(a.y + a.height);
  expect(alone.y).toBe(lonely.y);
  expect(overlaps(layout)).toEqual([]);
});

it('uncrosses lines that need not cross', () => {
  const layout = draw(
    ['a', 'b', 'x', 'y'],
    [
      ['a', 'y'],
      ['b', 'x'],
    ],
  );
  const [a, b, x, y] = layout.nodes;
  expect(a.y < b.y).toBe(y.y < x.y);
});

it('is empty of nothing', () => {
  expect(draw([], [])).toEqual({ nodes: [], edges: [], width: 4, height: 4 });
});

it('draws 200 nodes with 600 edges and cycles without one standing on another', () => {
  const ids = Array.from({ length: 200 }, (_, n) => `n${n}`);
  const edges = Array.from({ length: 600 }, (_, n): [string, string] => [
    `n${(n * 7) % 200}`,
    `n${(n * n + 13 * n + 1) % 200}`,
  ]);
  const started = performance.now();
  const layout = draw(ids, edges);
  // An answer while a person watches, also on a slow machine.
  expect(performance.now() - started).toBeLessThan(3000);
  expect(layout.nodes).toHaveLength(200);
  expect(overlaps(layout)).toEqual([]);
  expect(outside(layout)).toEqual([]);
});
