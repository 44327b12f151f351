const UNITS: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const QUANTITY =
  /^([+-]?(?:\d+\.?\d*|\.\d+))(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d+)?$/;

/** A Kubernetes quantity (`250m`, `64Mi`, `1e3`) as a number of cores or bytes; undefined when it is not one. */
export function parseQuantity(value: string | number): number | undefined {
  const match = QUANTITY.exec(String(value));
  if (!match) return undefined;
  const [, digits, suffix = ''] = match;
  if (suffix in UNITS) return Number(digits) * UNITS[suffix];
  return Number(`${digits}${suffix}`);
}
