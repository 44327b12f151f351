import type { z } from 'zod';
import { didYouMean } from './didYouMean';
import type { Problem } from './problem';

/** What the words of a mistake need to know of the map it is in. */
export interface Known {
  keys: readonly string[];
  /** For a key that is missing: what it looks like. */
  examples: Readonly<Record<string, string>>;
}

/** The mistakes behind one issue of zod, in words. */
export function problemsOf(issue: z.core.$ZodIssue, known: Known): Problem[] {
  const path = issue.path.map(part =>
    typeof part === 'number' ? part : String(part),
  );
  const name = String(path.at(-1) ?? '');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => unknownKey([...path, key], known.keys));
    case 'custom': {
      if (issue.input === undefined && name) {
        return [missing(path, name, known)];
      }
      const hint = issue.params?.hint;
      return [
        {
          path,
          at: 'value',
          message:
            issue.params === undefined && name
              ? `${name} ${issue.message}`
              : issue.message,
          hint: typeof hint === 'string' ? hint : undefined,
        },
      ];
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      if (issue.input === undefined) {
        return [missing(path, name, known)];
      }
      const meant = didYouMean(String(issue.input), values);
      return [
        {
          path,
          at: 'value',
          message: `${name} must be one of ${values.join(', ')}`,
          hint: meant && `did you mean ${meant}?`,
        },
      ];
    }
    default:
      if ('input' in issue && issue.input === undefined && name) {
        return [missing(path, name, known)];
      }
      return [
        {
          path,
          at: 'value',
          message: name ? `${name} ${issue.message}` : issue.message,
          hint: known.examples[name] && `for instance ${known.examples[name]}`,
        },
      ];
  }
}

function missing(path: Problem['path'], name: string, known: Known): Problem {
  return {
    path,
    at: 'value',
    message: `${name} is missing`,
    hint: known.examples[name] && `for instance ${known.examples[name]}`,
  };
}

/** A key that nobody reads. */
export function unknownKey(
  path: Problem['path'],
  keys: readonly string[],
): Problem {
  const key = String(path.at(-1));
  const meant = didYouMean(key, keys);
  return {
    path,
    at: 'key',
    message: `"${key.slice(0, 60)}" is not known here`,
    hint: meant ? `did you mean ${meant}?` : `known is ${keys.join(', ')}`,
  };
}
