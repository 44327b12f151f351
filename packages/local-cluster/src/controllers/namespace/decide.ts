import type { KubeObject } from '../../types.ts';
import { EVENT } from '../kinds.ts';

export interface NamespaceDecision {
  ending: boolean;
  /** What is left in it and not yet asked to go. */
  remove: KubeObject[];
  finished: boolean;
}

/** Events go last: what is being deleted still tells of its end. */
export function decideNamespace(
  namespace: KubeObject,
  content: KubeObject[],
): NamespaceDecision {
  if (namespace.metadata.deletionTimestamp === undefined)
    return { ending: false, remove: [], finished: false };
  const events = content.filter(({ kind }) => kind === EVENT.kind);
  const others = content.filter(({ kind }) => kind !== EVENT.kind);
  const remove = others.filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined,
  );
  return others.length > 0
    ? { ending: true, remove, finished: false }
    : { ending: true, remove: events, finished: true };
}
