/** Where Go's math, which Prometheus computes with, differs from JavaScript's. */

/** `1 ** NaN` and `(-1) ** Infinity` are 1 in Go and C. */
export function goPower(base: number, exponent: number): number {
  if (base === 1) return 1;
  if (base === -1 && Math.abs(exponent) === Infinity) return 1;
  return base ** exponent;
}

/** An infinity wins over NaN. */
export function goMax(left: number, right: number): number {
  return left === Infinity || right === Infinity
    ? Infinity
    : Math.max(left, right);
}

export function goMin(left: number, right: number): number {
  return left === -Infinity || right === -Infinity
    ? -Infinity
    : Math.min(left, right);
}

/** `strconv.ParseFloat` for what stands in an `le` label; undefined where it fails. */
export function parseGoFloat(text: string): number | undefined {
  const special = /^([+-]?)(?:(inf|infinity)|nan)$/i.exec(text);
  if (special) {
    if (special[2] === undefined) return special[1] === '' ? NaN : undefined;
    return special[1] === '-' ? -Infinity : Infinity;
  }
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)
    ? Number(text)
    : undefined;
}

/** `strconv.FormatFloat(value, 'f', -1, 64)`: the shortest digits, never an exponent. */
export function formatGoFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return '+Inf';
  if (value === -Infinity) return '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [mantissa, exponent] = String(Math.abs(value)).split('e');
  if (exponent === undefined) return sign + mantissa;
  const [whole, fraction = ''] = mantissa.split('.');
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`;
  return sign + whole + fraction.padEnd(shift, '0');
}
