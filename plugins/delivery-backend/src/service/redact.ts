const PATTERNS: ReadonlyArray<[RegExp, string]> = [
  [/\b(authorization\s*[:=]\s*)(?:(basic|bearer)\s+)?\S+/gi, '$1[hidden]'],
  [/\b(basic|bearer)\s+[A-Za-z0-9+/._~-]{8,}=*/gi, '$1 [hidden]'],
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]+:[^\s/@]+@/gi, '$1[hidden]@'],
  [
    /\b([\w-]*(?:password|passwd|secret|token|api[_-]?key|access[_-]?key)["']?\s*[:=]\s*)["']?[^\s"',]{4,}["']?/gi,
    '$1[hidden]',
  ],
  [/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g, '[hidden]'],
  [/\b(?:gh[pousr]_|glpat-|npm_|sk-)[\w-]{16,}/g, '[hidden]'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----.*/g, '[hidden]'],
];

/** Takes obvious secrets, and those known by value, out of a line of a log. */
export function redact(line: string, secrets: ReadonlySet<string>): string {
  let text = line;
  for (const secret of secrets) {
    if (secret.length >= 4) {
      text = text.replaceAll(secret, '[hidden]');
    }
  }
  return PATTERNS.reduce(
    (result, [pattern, by]) => result.replace(pattern, by),
    text,
  );
}
