/** What Istio writes where it does not know. */
export function meaning(value: string | undefined): string | undefined {
  return value === undefined || value === '' || value === 'unknown'
    ? undefined
    : value;
}

/** A 5xx, or no answer at all. */
export function hasFailed(code: string | undefined): boolean {
  return code !== undefined && /^(5\d\d|0)$/.test(code);
}
