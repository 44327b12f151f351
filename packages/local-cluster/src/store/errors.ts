import { ApiError } from '../api-error.ts';
import type { KubeObject, ObjectKey } from '../types.ts';

/** Plural resource name as Kubernetes writes it in messages; kinds of the API all follow these two rules. */
function resourceOf({
  apiVersion,
  kind,
}: Pick<ObjectKey, 'apiVersion' | 'kind'>) {
  const lower = kind.toLowerCase();
  const plural = lower.endsWith('s') ? lower : `${lower}s`;
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : undefined;
  return {
    group,
    plural,
    text: group === undefined ? plural : `${plural}.${group}`,
  };
}

function about(key: ObjectKey) {
  const { group, plural } = resourceOf(key);
  return { name: key.name, group, kind: plural };
}

export function notFound(key: ObjectKey): ApiError {
  return new ApiError(
    'NotFound',
    `${resourceOf(key).text} "${key.name}" not found`,
    about(key),
  );
}

export function alreadyExists(key: ObjectKey): ApiError {
  return new ApiError(
    'AlreadyExists',
    `${resourceOf(key).text} "${key.name}" already exists`,
    about(key),
  );
}

export function conflict(object: KubeObject, why: string): ApiError {
  const key = { ...object, name: object.metadata.name };
  return new ApiError(
    'Conflict',
    `Operation cannot be fulfilled on ${resourceOf(key).text} "${
      key.name
    }": ${why}; please apply your changes to the latest version and try again`,
    about(key),
  );
}

export function expired(
  asked: number,
  oldest: number,
  latest: number,
): ApiError {
  return new ApiError(
    'Expired',
    asked > latest
      ? `resourceVersion ${asked} is ahead of this cluster's (${latest}): its data was made anew; list again`
      : `too old resource version: ${asked} (${oldest}); list again`,
  );
}
