import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../../api-error.ts';
import type {
  Clock,
  KubeObject,
  PodLogs,
  PodMetrics,
  Store,
} from '../../types.ts';
import type { Accepted } from '../http/accept.ts';
import type { Kind } from '../kinds/index.ts';
import type { ListSnapshots } from './list-snapshots.ts';

/** What the API is made of. */
export interface ApiParts {
  store: Store;
  clock: Clock;
  logs?: PodLogs;
  metrics?: PodMetrics;
}

/** One request for a stored kind. */
export interface RequestContext extends ApiParts {
  kind: Kind;
  namespace?: string;
  name?: string;
  subresource?: string;
  query: URLSearchParams;
  accepted: Accepted;
  snapshots: ListSnapshots;
  request: IncomingMessage;
  response: ServerResponse;
  /** Tells the client something that is no error. */
  warn(message: string): void;
}

export type Reply =
  | { type: 'object'; code?: number; object: KubeObject }
  | {
      type: 'list';
      items: KubeObject[];
      resourceVersion: string;
      continue?: string;
      remainingItemCount?: number;
    }
  | { type: 'json'; code?: number; body: unknown }
  /** The handler has written, or goes on writing, the response itself. */
  | { type: 'streamed' };

/** A whole number of the query, or undefined. @throws ApiError BadRequest */
export function wholeNumber(
  query: URLSearchParams,
  name: string,
): number | undefined {
  const value = query.get(name);
  if (value === null || value === '') return undefined;
  if (!/^\d{1,15}$/.test(value)) {
    throw new ApiError(
      'BadRequest',
      `${name}=${value}: must be a whole number, 0 or greater`,
    );
  }
  return Number(value);
}

/** @throws ApiError BadRequest */
export function flag(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  if (value === null || value === 'false' || value === '0') return false;
  if (value === '' || value === 'true' || value === '1') return true;
  throw new ApiError('BadRequest', `${name}=${value}: must be true or false`);
}

/** `dryRun=All`. @throws ApiError BadRequest for any other value */
export function isDryRun(query: URLSearchParams): boolean {
  const values = query.getAll('dryRun').filter(value => value !== '');
  const other = values.find(value => value !== 'All');
  if (other !== undefined) {
    throw new ApiError('BadRequest', `dryRun=${other}: must be All`);
  }
  return values.length > 0;
}

/** RFC 3339 in whole seconds, as Kubernetes writes times. */
export const secondsOf = (at: Date) => `${at.toISOString().slice(0, 19)}Z`;

export function keyOf(context: RequestContext & { name: string }) {
  const { group, version, kind } = context.kind;
  return {
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind,
    namespace: context.namespace,
    name: context.name,
  };
}
