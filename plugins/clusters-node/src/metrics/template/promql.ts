/** A label value between double quotes, as PromQL reads it (escapes as in Go). */
export function quoted(value: string): string {
  return `"${escapeValue(value)}"`;
}

/** What stands between the quotes of a label value. */
export function escapeValue(value: string, quote: string = '"'): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\0', '\\x00');
}

/** A regular expression (RE2) that matches exactly this text. */
export function literalPattern(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}

/** A duration as PromQL writes it. */
export function promDuration(ms: number): string {
  const whole = Math.max(1, Math.round(ms));
  return whole % 1_000 === 0 ? `${whole / 1_000}s` : `${whole}ms`;
}
