import { parseEntityRef } from '@backstage/catalog-model';
import type { HealthMap } from '@ghostlight/plugin-health-common';
import { edgeLook } from './edgeLook';

/** A caller, and what it calls without saying so. */
export interface Undeclared {
  id: string;
  name: string;
  calls: string[];
  /** What to add to its `catalog-info.yaml`. */
  yaml: string;
}

/** Traffic that the catalog does not know of, by caller. */
export function undeclared(
  map: Pick<HealthMap, 'nodes' | 'edges'>,
): Undeclared[] {
  const nameOf = (id: string) =>
    map.nodes.find(node => node.id === id)?.name ?? id;
  const edges = map.edges.filter(edge => edgeLook(edge).isUndeclared);
  return [...new Set(edges.map(({ from }) => from))].map(from => {
    const targets = edges.filter(edge => edge.from === from);
    return {
      id: from,
      name: nameOf(from),
      calls: targets.map(({ to }) => nameOf(to)),
      yaml: [
        'spec:',
        '  dependsOn:',
        ...targets.map(({ to }) => `    - ${shortRef(to, from)}`),
      ].join('\n'),
    };
  });
}

/** As people write it: a namespace only where it is another one. */
function shortRef(to: string, from: string): string {
  const { kind, namespace, name } = parseEntityRef(to);
  return namespace === parseEntityRef(from).namespace
    ? `${kind}:${name}`
    : `${kind}:${namespace}/${name}`;
}
