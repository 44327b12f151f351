const UNIT_MS: Record<string, number> = {
  y: 365 * 86_400_000,
  w: 7 * 86_400_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
};

const DURATION =
  /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/;

/** `1h30m` in milliseconds; undefined when it is not a duration. */
export function parseDuration(text: string): number | undefined {
  if (text === '' || !DURATION.test(text)) return undefined;
  let sum = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|[ywdhms])/g))
    sum += Number(count) * UNIT_MS[unit];
  return sum;
}

/** A number without sign as Prometheus reads it: `010` is octal there; undefined when it is not one. */
export function parseNumber(text: string): number | undefined {
  if (/^inf$/i.test(text)) return Infinity;
  if (/^nan$/i.test(text)) return NaN;
  if (/^0x[\da-f]+$/i.test(text)) return Number(text);
  if (/^0[0-7]+$/.test(text)) return parseInt(text, 8);
  if (/^(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text))
    return Number(text);
  return undefined;
}

const SIMPLE_ESCAPES: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

const ESCAPE =
  /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-3][0-7]{2})|([^])|$)/gu;

/** The text between the quotes with its escapes resolved, or what is wrong with it. */
export function unquote(quoted: string): { value: string } | { wrong: string } {
  const quote = quoted[0];
  if (quoted.length < 2 || !quoted.endsWith(quote))
    return { wrong: 'unterminated quoted string' };
  const body = quoted.slice(1, -1);
  if (quote === '`') return { value: body };
  if (body.includes('\n')) return { wrong: 'unterminated quoted string' };
  let wrong: string | undefined;
  const value = body.replace(
    ESCAPE,
    (whole, hex, short, long, octal, letter) => {
      const digits = hex ?? short ?? long;
      if (digits !== undefined) {
        const point = parseInt(digits, 16);
        const valid = point <= 0x10ffff && !(point >= 0xd800 && point < 0xe000);
        if (valid) return String.fromCodePoint(point);
        wrong ??= `"${whole}" is no character`;
        return '';
      }
      if (octal !== undefined) return String.fromCodePoint(parseInt(octal, 8));
      if (letter === quote) return quote;
      if (letter === undefined) wrong ??= 'unterminated quoted string';
      else if (!(letter in SIMPLE_ESCAPES))
        wrong ??= `unknown escape sequence "${whole}" in the string ${quoted}`;
      return SIMPLE_ESCAPES[letter] ?? '';
    },
  );
  return wrong === undefined ? { value } : { wrong };
}
