/**
 * Order of two ISO 8601 UTC times of any precision: Kubernetes leaves trailing zeros of nanoseconds away, which
 * neither text order nor `Date` can compare.
 */
export function compareTimes(a: string, b: string): number {
  const [left, right] = [split(a), split(b)];
  if (left.seconds !== right.seconds) {
    return left.seconds < right.seconds ? -1 : 1;
  }
  if (left.fraction === right.fraction) {
    return 0;
  }
  return left.fraction < right.fraction ? -1 : 1;
}

function split(time: string): { seconds: string; fraction: string } {
  const match = /^(.{19})(?:\.(\d+))?/.exec(time);
  return {
    seconds: match?.[1] ?? time,
    fraction: (match?.[2] ?? '').padEnd(9, '0'),
  };
}
