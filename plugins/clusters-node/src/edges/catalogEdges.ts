import {
  RELATION_API_PROVIDED_BY,
  RELATION_CONSUMES_API,
  RELATION_DEPENDS_ON,
  RELATION_PROVIDES_API,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { Edge } from '../types';

/**
 * Who needs whom, as the catalog says: `dependsOn`, and `consumesApi` led on to whoever provides the API.
 *
 * @remarks
 * Providers are found among the given entities: components with `providesApi`, or the APIs themselves.
 *
 * @public
 */
export function catalogEdges(entities: Entity[]): Edge[] {
  const providers = providersByApi(entities);
  const edges = new Map<string, Edge>();
  const add = (from: string, to: string) => {
    if (from !== to) {
      edges.set(`${from} ${to}`, { from, to, source: 'catalog' });
    }
  };
  for (const entity of entities) {
    const from = stringifyEntityRef(entity);
    for (const { type, targetRef } of entity.relations ?? []) {
      if (type === RELATION_DEPENDS_ON) {
        add(from, targetRef);
      } else if (type === RELATION_CONSUMES_API) {
        providers.get(targetRef)?.forEach(to => add(from, to));
      }
    }
  }
  return [...edges.values()];
}

function providersByApi(entities: Entity[]): Map<string, Set<string>> {
  const providers = new Map<string, Set<string>>();
  const add = (api: string, provider: string) =>
    providers.set(api, (providers.get(api) ?? new Set()).add(provider));
  for (const entity of entities) {
    const ref = stringifyEntityRef(entity);
    for (const { type, targetRef } of entity.relations ?? []) {
      if (type === RELATION_PROVIDES_API) {
        add(targetRef, ref);
      } else if (type === RELATION_API_PROVIDED_BY) {
        add(ref, targetRef);
      }
    }
  }
  return providers;
}
