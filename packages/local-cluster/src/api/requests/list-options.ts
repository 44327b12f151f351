import { ApiError } from '../../api-error.ts';
import { flag } from './context.ts';

export type Match = 'Exact' | 'NotOlderThan';

const refuse = (field: string, why: string) =>
  new ApiError(
    'Invalid',
    `ListOptions.meta.k8s.io "" is invalid: ${field}: ${why}`,
  );

function matchOf(query: URLSearchParams): Match | undefined {
  const value = query.get('resourceVersionMatch') || undefined;
  if (value === undefined || value === 'Exact' || value === 'NotOlderThan') {
    return value;
  }
  throw refuse(
    'resourceVersionMatch',
    `Unsupported value: ${JSON.stringify(
      value,
    )}: supported values: "Exact", "NotOlderThan"`,
  );
}

/** How old a list may be. @throws ApiError Invalid for options that do not go together, in Kubernetes' words */
export function listMatch(query: URLSearchParams): Match | undefined {
  const match = matchOf(query);
  if (query.has('sendInitialEvents')) {
    throw refuse('sendInitialEvents', 'Forbidden: is forbidden for list');
  }
  if (match === undefined) return undefined;
  const field = 'resourceVersionMatch';
  const version = query.get('resourceVersion') || undefined;
  if (query.get('continue')) {
    throw refuse(field, 'Forbidden: is forbidden for continue');
  }
  if (version === undefined) {
    throw refuse(
      field,
      'Forbidden: is forbidden unless resourceVersion is provided',
    );
  }
  if (match === 'Exact' && version === '0') {
    throw refuse(
      field,
      'Forbidden: "Exact" is forbidden for resourceVersion "0"',
    );
  }
  return match;
}

/** Whether a watch begins with what there is. @throws ApiError Invalid, as `listMatch` */
export function sendsInitialEvents(query: URLSearchParams): boolean {
  const match = matchOf(query);
  const asked = query.has('sendInitialEvents');
  if (match !== undefined && !asked) {
    throw refuse(
      'resourceVersionMatch',
      'Forbidden: is forbidden for watch unless sendInitialEvents is provided',
    );
  }
  const initial = flag(query, 'sendInitialEvents');
  if (asked && match !== 'NotOlderThan') {
    throw refuse(
      'resourceVersionMatch',
      'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    );
  }
  return initial;
}
