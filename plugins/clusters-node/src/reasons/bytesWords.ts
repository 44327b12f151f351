const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `96 MiB`, `1.5 GiB`: three significant figures at most. */
export function bytesWords(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toPrecision(3))} ${UNITS[unit]}`;
}
