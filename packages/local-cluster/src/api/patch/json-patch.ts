import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ApiError } from '../../api-error.ts';
import { isRecord } from '../json-path.ts';

const pointer = z.string().regex(/^(\/.*)?$/, 'must start with /');
const operations = z.array(
  z.discriminatedUnion('op', [
    z.object({ op: z.literal('add'), path: pointer, value: z.json() }),
    z.object({ op: z.literal('replace'), path: pointer, value: z.json() }),
    z.object({ op: z.literal('test'), path: pointer, value: z.json() }),
    z.object({ op: z.literal('remove'), path: pointer }),
    z.object({ op: z.literal('move'), path: pointer, from: pointer }),
    z.object({ op: z.literal('copy'), path: pointer, from: pointer }),
  ]),
);

const clean = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const stepsOf = (path: string) =>
  path
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));

const missing = (path: string) =>
  new ApiError('Invalid', `the JSON patch names ${path}, which is not there`);

function indexOf(step: string, limit: number, path: string): number {
  if (!/^(0|[1-9]\d*)$/.test(step) || Number(step) > limit) {
    throw missing(path);
  }
  return Number(step);
}

function read(target: unknown, path: string): unknown {
  let value = target;
  for (const step of stepsOf(path)) {
    if (Array.isArray(value)) {
      value = value[indexOf(step, value.length - 1, path)];
    } else if (isRecord(value) && Object.hasOwn(value, step)) {
      value = value[step];
    } else throw missing(path);
  }
  return value;
}

/** A copy of the target in which `change` has replaced what holds the last step of the path. */
function changeAt(
  target: unknown,
  path: string,
  change: (parent: unknown, step: string) => unknown,
  steps = stepsOf(path),
): unknown {
  const [step, ...rest] = steps;
  if (rest.length === 0) return change(target, step);
  if (Array.isArray(target)) {
    const index = indexOf(step, target.length - 1, path);
    return target.with(index, changeAt(target[index], path, change, rest));
  }
  if (isRecord(target) && Object.hasOwn(target, step)) {
    return { ...target, [step]: changeAt(target[step], path, change, rest) };
  }
  throw missing(path);
}

function add(target: unknown, path: string, value: unknown): unknown {
  if (path === '') return value;
  return changeAt(target, path, (parent, step) => {
    if (Array.isArray(parent)) {
      const index =
        step === '-' ? parent.length : indexOf(step, parent.length, path);
      return parent.toSpliced(index, 0, value);
    }
    if (!isRecord(parent)) throw missing(path);
    return { ...parent, [step]: value };
  });
}

function remove(target: unknown, path: string): unknown {
  read(target, path);
  return changeAt(target, path, (parent, step) => {
    if (Array.isArray(parent)) return parent.toSpliced(Number(step), 1);
    if (!isRecord(parent)) throw missing(path);
    const { [step]: _, ...rest } = parent;
    return rest;
  });
}

/** RFC 6902. @throws ApiError BadRequest when it is not a JSON patch, Invalid when it does not fit the target */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  const parsed = operations.safeParse(patch);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ApiError(
      'BadRequest',
      `the body is not a JSON patch: ${issue.path.join('.')}: ${issue.message}`,
    );
  }
  let result = target;
  for (const operation of parsed.data) {
    const { path } = operation;
    switch (operation.op) {
      case 'add':
        result = add(result, path, operation.value);
        break;
      case 'replace':
        result =
          path === ''
            ? operation.value
            : add(remove(result, path), path, operation.value);
        break;
      case 'remove':
        result = remove(result, path);
        break;
      case 'copy':
        result = add(result, path, read(result, operation.from));
        break;
      case 'move': {
        const value = read(result, operation.from);
        result = add(remove(result, operation.from), path, value);
        break;
      }
      case 'test':
        if (!isDeepStrictEqual(clean(read(result, path)), operation.value)) {
          throw new ApiError(
            'Invalid',
            `the JSON patch expects another value at ${path}`,
          );
        }
        break;
      default:
        throw new ApiError('BadRequest', 'unknown JSON patch operation');
    }
  }
  return result;
}
