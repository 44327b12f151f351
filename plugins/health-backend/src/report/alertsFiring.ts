/** A sentence names no more; the list of alerts has them all. */
const MAX_NAMES = 3;

/** `2 alerts fire: errors, availability.`; undefined when none does. */
export function firingWords(names: string[] | undefined): string | undefined {
  if (names === undefined || names.length === 0) {
    return undefined;
  }
  const unique = [...new Set(names)];
  const told = unique.slice(0, MAX_NAMES).join(', ');
  const more =
    unique.length > MAX_NAMES ? ` and ${unique.length - MAX_NAMES} more` : '';
  return names.length === 1
    ? `1 alert fires: ${told}.`
    : `${names.length} alerts fire: ${told}${more}.`;
}
