import { ApiError } from '../../api-error.ts';
import { kinds } from './index.ts';
import { apiVersionOf, resourceName, type Kind } from './kind.ts';

/** What a path under /api or /apis names. */
export interface ResourcePath {
  kind: Kind;
  namespace?: string;
  name?: string;
  subresource?: string;
}

const OTHER_SUBRESOURCES: Record<string, string> = {
  exec: 'a pod is a local process: attach a debugger to it, or read its logs',
  attach: 'read the logs with follow instead',
  portforward:
    'every Service already listens on this machine: see its annotation local-cluster/url',
  proxy: 'call the Service at its annotation local-cluster/url',
  eviction: 'delete the pod instead',
  binding: 'there is one node, local',
  ephemeralcontainers: 'a pod has one container',
  finalize: 'the namespace controller does this itself',
};

function findKind(apiVersion: string, resource: string): Kind {
  const served = kinds.filter(kind => apiVersionOf(kind) === apiVersion);
  const found = served.find(kind => kind.plural === resource);
  if (found) return found;
  throw new ApiError(
    'NotFound',
    `the local cluster does not have ${resource} in ${apiVersion}; it has ${kinds
      .map(resourceName)
      .join(', ')}`,
    { kind: resource },
  );
}

/**
 * Reads what follows the group and version in a path.
 *
 * @throws ApiError NotFound or NotImplemented, naming what is not there
 */
export function findResource(
  apiVersion: string,
  segments: string[],
): ResourcePath {
  const [first, second, third] = segments;
  const inNamespace =
    first === 'namespaces' &&
    third !== undefined &&
    third !== 'status' &&
    third !== 'finalize';
  const namespace = inNamespace ? second : undefined;
  const [resource, name, subresource, ...rest] = inNamespace
    ? segments.slice(2)
    : segments;
  const kind = findKind(apiVersion, resource);
  const named = resourceName(kind);
  if (rest.length > 0) {
    throw new ApiError(
      'NotFound',
      `there is nothing at ${named}/${subresource}/${rest.join('/')}`,
    );
  }
  if (namespace !== undefined && !kind.namespaced) {
    throw new ApiError('NotFound', `${named} are not in namespaces`);
  }
  if (namespace === undefined && kind.namespaced && name !== undefined) {
    throw new ApiError(
      'NotFound',
      `${named} are in namespaces: ask for namespaces/<namespace>/${kind.plural}/${name}`,
    );
  }
  if (
    subresource !== undefined &&
    !kind.subresources.some(each => each === subresource)
  ) {
    const hint = OTHER_SUBRESOURCES[subresource];
    throw new ApiError(
      hint ? 'NotImplemented' : 'NotFound',
      `the local cluster does not support ${named}/${subresource}${
        hint ? `: ${hint}` : ''
      }`,
    );
  }
  return { kind, namespace, name, subresource };
}
