/** `4.2 %`: three figures at most, and as many nines as it takes to tell 99.95 % from all. */
export function percentWords(share: number): string {
  const percent = share * 100;
  const rest = 100 - percent;
  const figures =
    percent > 99 && rest > 0
      ? 2 + Math.max(1, Math.ceil(-Math.log10(rest)) + 1)
      : 3;
  const rounded = Number(percent.toPrecision(Math.min(8, figures)));
  return `${Object.is(rounded, -0) ? 0 : rounded} %`;
}

/** `84 ms`, `1.25 s` */
export function millisWords(ms: number): string {
  return ms < 1_000
    ? `${Number(ms.toPrecision(3))} ms`
    : `${Number((ms / 1_000).toPrecision(3))} s`;
}

/** `0.4 x` */
export function factorWords(factor: number): string {
  return `${Number(factor.toPrecision(factor >= 10 ? 3 : 2))} x`;
}

/** `1 request`, `1,204 requests` */
export function requestsWords(count: number): string {
  const whole = Math.round(count);
  return `${whole.toLocaleString('en-GB')} request${whole === 1 ? '' : 's'}`;
}

/** `192 MiB` */
export function bytesWords(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let amount = bytes;
  let unit = 0;
  while (Math.abs(amount) >= 1024 && unit < units.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return `${Number(amount.toPrecision(3))} ${units[unit]}`;
}

/** `250 m` of a core, `1.5 cores` */
export function coresWords(cores: number): string {
  return cores < 1
    ? `${Number((cores * 1_000).toPrecision(3))} m`
    : `${Number(cores.toPrecision(3))} cores`;
}
