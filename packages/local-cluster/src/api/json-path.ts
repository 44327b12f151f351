type Step = string | number;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What lies at a path inside JSON; undefined when something on the way is missing. */
export function at(value: unknown, ...path: Step[]): unknown {
  let inner = value;
  for (const step of path) {
    if (typeof step === 'number') {
      inner = Array.isArray(inner) ? inner[step] : undefined;
    } else {
      inner =
        isRecord(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined;
    }
  }
  return inner;
}

export function textAt(value: unknown, ...path: Step[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function numberAt(value: unknown, ...path: Step[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** Empty when there is no list. */
export function listAt(value: unknown, ...path: Step[]): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** Empty when there is no object. */
export function recordAt(
  value: unknown,
  ...path: Step[]
): Record<string, unknown> {
  const found = at(value, ...path);
  return isRecord(found) ? found : {};
}

/** The text values of an object, e.g. labels. */
export function textsAt(
  value: unknown,
  ...path: Step[]
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(recordAt(value, ...path)).flatMap(([key, inner]) =>
      typeof inner === 'string' ? [[key, inner]] : [],
    ),
  );
}
