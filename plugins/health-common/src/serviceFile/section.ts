import type { z } from 'zod';
import { problemsOf, unknownKey, type Known } from './issues';
import type { Path, Problem } from './problem';

/** What was read of one section: what is right counts, whatever else is wrong. */
export interface SectionResult<T> {
  value: T;
  problems: Problem[];
  /** Names of items that do not count, where they have one. */
  broken: string[];
}

/** A part of `ghostlight.yaml` under a key of its own. */
export interface Section<T> {
  /** What editors are told. */
  schema: z.ZodType;
  /** What it is when the file does not have it. */
  empty: T;
  /** `isBroken` tells whether the text at a path could not be read without doubt. */
  read(
    value: unknown,
    path: Path,
    isBroken: (path: Path) => boolean,
  ): SectionResult<T>;
}

/** Checks over several keys, which run whether or not each key is right by itself. */
export type Check = (raw: Readonly<Record<string, unknown>>) => Problem[];

/** A map that counts as a whole. */
export function mapSection<S extends z.ZodType>(options: {
  schema: S;
  known: Known;
}): Section<z.output<S> | undefined> {
  const { schema, known } = options;
  return {
    schema,
    empty: undefined,
    read(value, path, isBroken) {
      const { result, problems } = readMap(value, path, { schema, known });
      return {
        value: isBroken(path) ? undefined : result,
        problems,
        broken: [],
      };
    },
  };
}

/** A list of named maps, each of which counts by itself. */
export function listSection<
  S extends z.ZodType,
  T extends { name: string },
>(options: {
  /** Of the whole list, for editors. */
  schema: z.ZodType;
  item: S;
  known: Known;
  check: Check;
  toValue: (item: z.output<S>) => T | undefined;
  max: number;
  /** `objective`, for words. */
  noun: string;
}): Section<T[]> {
  const { item: schema, known, check, toValue, max, noun } = options;
  return {
    schema: options.schema,
    empty: [],
    read(value, path, isBroken) {
      const problems: Problem[] = [];
      const broken: string[] = [];
      const good: T[] = [];
      if (value !== null && !Array.isArray(value)) {
        problems.push({
          path,
          at: 'value',
          message: `${path.join('.')} must be a list`,
          hint: `begin each ${noun} with "- name:"`,
        });
        return { value: good, problems, broken };
      }
      const items: unknown[] = value ?? [];
      if (items.length > max) {
        problems.push({
          path: [...path, max],
          at: 'value',
          message: `there are ${items.length}; only the first ${max} count`,
        });
      }
      items.slice(0, max).forEach((raw, index) => {
        const at = [...path, index];
        const read = readMap(raw, at, { schema, known });
        const found = isRecord(raw) ? check(raw) : [];
        const checked = found.map(problem => ({
          ...problem,
          path: [...at, ...problem.path],
        }));
        problems.push(...read.problems, ...checked);
        const item =
          read.result === undefined || found.length > 0 || isBroken(at)
            ? undefined
            : toValue(read.result);
        const name = isRecord(raw) ? raw.name : undefined;
        const first = good.find(each => each.name === name);
        if (first) {
          problems.push({
            path: [...at, 'name'],
            at: 'value',
            message: `there is another ${noun} of the name "${first.name}"`,
            hint: 'the first one counts; give this one a name of its own',
          });
        } else if (item) {
          good.push(item);
        } else if (typeof name === 'string') {
          broken.push(name);
        }
      });
      return { value: good, problems, broken };
    },
  };
}

/** A key that nobody knows is a mistake, but no reason to drop what is right beside it. */
function readMap<S extends z.ZodType>(
  value: unknown,
  path: Path,
  { schema, known }: { schema: S; known: Known },
): { result: z.output<S> | undefined; problems: Problem[] } {
  if (!isRecord(value)) {
    const message = `must be a map of ${known.keys.join(', ')}`;
    return {
      result: undefined,
      problems: [{ path, at: 'value', message }],
    };
  }
  const strangers = Object.keys(value).filter(key => !known.keys.includes(key));
  const kept = Object.fromEntries(
    Object.entries(value).filter(([key]) => known.keys.includes(key)),
  );
  const parsed = schema.safeParse(kept, { reportInput: true });
  const problems = [
    ...strangers.map(key => unknownKey([...path, key], known.keys)),
    ...(parsed.error?.issues ?? []).flatMap(issue =>
      problemsOf(issue, known).map(problem => ({
        ...problem,
        path: [...path, ...problem.path],
      })),
    ),
  ];
  return { result: parsed.success ? parsed.data : undefined, problems };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
