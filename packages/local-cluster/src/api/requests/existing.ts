import { ApiError } from '../../api-error.ts';
import type { KubeObject } from '../../types.ts';
import { resourceName } from '../kinds/index.ts';
import { keyOf, type RequestContext } from './context.ts';

export function nameOf(context: RequestContext): string {
  if (context.name === undefined) {
    throw new ApiError('BadRequest', 'the path names no object');
  }
  return context.name;
}

/** The object the path names. @throws ApiError NotFound */
export function existing(context: RequestContext): KubeObject {
  const name = nameOf(context);
  const object = context.store.get(keyOf({ ...context, name }));
  if (!object) {
    throw new ApiError(
      'NotFound',
      `${resourceName(context.kind)} "${name}" not found`,
      { name, group: context.kind.group, kind: context.kind.plural },
    );
  }
  return object;
}
