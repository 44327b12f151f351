import type { DrawnMap } from './drawMap';

/** The neighbour to go to from a node: along a call, or up and down its column. */
export function neighbourOf(
  key: string,
  from: string,
  { nodes, edges }: Pick<DrawnMap, 'nodes' | 'edges'>,
): string | undefined {
  switch (key) {
    case 'ArrowRight':
      return edges.find(({ edge }) => edge.from === from)?.edge.to;
    case 'ArrowLeft':
      return edges.find(({ edge }) => edge.to === from)?.edge.from;
    case 'ArrowUp':
    case 'ArrowDown': {
      const layer = nodes.find(({ at }) => at.id === from)?.at.layer;
      const column = nodes.filter(({ at }) => at.layer === layer);
      const here = column.findIndex(({ at }) => at.id === from);
      return column[here + (key === 'ArrowDown' ? 1 : -1)]?.at.id;
    }
    default:
      return undefined;
  }
}
