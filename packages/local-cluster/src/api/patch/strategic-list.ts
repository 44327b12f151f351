import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../../api-error.ts';
import { isRecord } from '../json-path.ts';
import type { Schema } from '../schema/schema.ts';
import { type FieldPatch, plainValue, readPatchObject } from './directives.ts';
import { type Identity, inOrder } from './element-order.ts';

/** Merges a patch of one list item, an object, over the live one. */
type MergeItem = (
  live: Record<string, unknown>,
  patch: Record<string, unknown>,
  path: string,
) => unknown;

/** How a strategic merge patch treats a list: `patchStrategy` and `patchMergeKey` of Kubernetes' own types. */
export type ListStrategy =
  | { type: 'replace' }
  | { type: 'values' }
  | { type: 'items'; key: string; items: Schema };

const invalid = (path: string, what: string) =>
  new ApiError('Invalid', `the strategic merge patch at ${path}: ${what}`);

function itemKey(item: unknown, key: string, path: string): unknown {
  if (!isRecord(item)) {
    throw invalid(path, `must be an object with ${key}`);
  }
  if (item[key] === undefined) {
    throw invalid(
      path,
      `map: ${JSON.stringify(
        item,
      )} does not contain declared merge key: ${key}`,
    );
  }
  return item[key];
}

function mergeItems(
  live: unknown[],
  patch: unknown[],
  { key, path, merge }: { key: string; path: string; merge: MergeItem },
): { merged: unknown[]; wanted: unknown[] } {
  const identity: Identity = item => (isRecord(item) ? item[key] : undefined);
  let merged: unknown[] = [...live];
  const wanted: unknown[] = [];
  const marks: string[] = patch.map((item, index) =>
    isRecord(item)
      ? readPatchObject(item, `${path}[${index}]`).action
      : 'merge',
  );
  if (marks.includes('replace')) merged = [];
  patch.forEach((item, index) => {
    const at = `${path}[${index}]`;
    // `$patch: replace` stands alone: the items beside it are the whole list.
    if (marks[index] === 'replace') return;
    const id = itemKey(item, key, at);
    const place = merged.findIndex(each => identity(each) === id);
    if (marks[index] === 'delete') {
      merged = merged.filter(each => identity(each) !== id);
      return;
    }
    wanted.push(id);
    const before = merged[place];
    if (isRecord(before) && isRecord(item)) {
      merged[place] = merge(before, item, at);
    } else merged.push(plainValue(item, at));
  });
  return { merged, wanted };
}

function checkOrder(
  order: unknown[],
  wanted: unknown[],
  identity: Identity,
  path: string,
): unknown[] {
  const ids = order.map(identity);
  const named = ids.filter(id => wanted.includes(id));
  if (!isDeepStrictEqual(named, wanted)) {
    throw new ApiError(
      'BadRequest',
      `the strategic merge patch at ${path}: the order of its items, ${JSON.stringify(
        wanted,
      )}, does not match its $setElementOrder, ${JSON.stringify(ids)}`,
    );
  }
  return ids;
}

/**
 * A list of the live object with its patch over it; undefined when there is none before and after.
 *
 * @throws ApiError Invalid for an item without its merge key, BadRequest for an order that does not fit the items
 */
export function mergeList(
  strategy: ListStrategy,
  before: unknown,
  { value, remove, order }: FieldPatch,
  { path, merge }: { path: string; merge: MergeItem },
): unknown[] | undefined {
  const live: unknown[] = Array.isArray(before) ? before : [];
  const patch: unknown[] = Array.isArray(value) ? value : [];
  if (strategy.type === 'replace') {
    const plain = plainValue(value, path);
    const list = Array.isArray(plain) ? plain : before;
    return Array.isArray(list) ? list : undefined;
  }
  const { key } = strategy.type === 'items' ? strategy : { key: undefined };
  const identity: Identity =
    key === undefined
      ? item => item
      : item => (isRecord(item) ? item[key] : item);
  const kept = live.filter(item => !remove?.includes(item));
  const { merged, wanted } =
    key === undefined
      ? { merged: [...new Set([...kept, ...patch])], wanted: patch }
      : mergeItems(kept, patch, { key, path, merge });
  if (merged.length === 0 && value === undefined && before === undefined) {
    return undefined;
  }
  const wish = order ? checkOrder(order, wanted, identity, path) : wanted;
  return inOrder(merged, identity, wish, live.map(identity));
}
