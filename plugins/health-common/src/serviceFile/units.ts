/**
 * What a person wrote, read or refused with a reason and what would be right.
 *
 * @public
 */
export type Read<T> =
  | { ok: true; value: T }
  | { ok: false; message: string; hint?: string };

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const UNIT_MS: Record<string, number> = {
  ms: 1,
  s: SECOND_MS,
  m: MINUTE_MS,
  h: HOUR_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
};

/** How people write units at greater length, and what the unit is here. */
const LONG_UNITS: Array<[pattern: RegExp, unit: string]> = [
  [/^(msecs?|millis|milliseconds?)$/i, 'ms'],
  [/^(secs?|seconds?)$/i, 's'],
  [/^(min|mins|minutes?)$/i, 'm'],
  [/^(hrs?|hours?)$/i, 'h'],
  [/^days?$/i, 'd'],
  [/^(wks?|weeks?)$/i, 'w'],
];

const ISO_DURATION =
  /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Duration of 300ms, 0.3s, 5m, 2h, 30d, 4w or ISO 8601 (P30D, PT5M), in milliseconds. */
export function readDuration(
  input: string | number,
  asIn: string[],
): Read<number> {
  const text = String(input).trim();
  const iso = ISO_DURATION.exec(text);
  if (iso && text.length > 2 && !text.endsWith('T')) {
    const [w, d, h, m, s] = iso.slice(1).map(part => Number(part ?? 0));
    return positive(
      ((w * 7 + d) * 24 + h) * HOUR_MS + m * MINUTE_MS + s * SECOND_MS,
      text,
      asIn,
    );
  }
  const match = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text);
  if (!match) {
    return {
      ok: false,
      message: `"${shorten(text)}" is no duration`,
      hint: `write a number and a unit, such as ${asIn.join(' or ')}`,
    };
  }
  const [, amount, unit] = match;
  if (Object.hasOwn(UNIT_MS, unit)) {
    return positive(Number(amount) * UNIT_MS[unit], text, asIn);
  }
  const meant = LONG_UNITS.find(([pattern]) => pattern.test(unit))?.[1];
  if (meant) {
    return {
      ok: false,
      message: `"${shorten(
        text,
      )}" has the unit "${unit}", which is not known here`,
      hint: `write ${amount}${meant}`,
    };
  }
  if (unit === '') {
    return {
      ok: false,
      message: `${text} has no unit`,
      hint: `write ${inUnitsOf(Number(amount), asIn)}`,
    };
  }
  return {
    ok: false,
    message: `"${shorten(
      text,
    )}" has the unit "${unit}", which is not known here`,
    hint: `units are ms, s, m, h, d and w: write ${asIn.join(' or ')}`,
  };
}

function positive(ms: number, text: string, asIn: string[]): Read<number> {
  return ms > 0 && Number.isFinite(ms)
    ? { ok: true, value: ms }
    : {
        ok: false,
        message: `${text} is no time at all`,
        hint: `write ${asIn.join(' or ')}`,
      };
}

/** `300` where durations are like `300ms` becomes `300ms or 0.3s`. */
function inUnitsOf(amount: number, asIn: string[]): string {
  const unit = /[a-z]+$/.exec(asIn[0])?.[0] ?? 's';
  return unit === 'ms'
    ? `${amount}ms or ${amount / SECOND_MS}s`
    : `${amount}${unit}`;
}

/** Share of 99.9 %, 99.9% or 0.999: 0..1, its ends excluded unless `ends`. */
export function readShare(
  input: string | number,
  options: { ends?: boolean } = {},
): Read<number> {
  const text = String(input).trim();
  const match = /^(-?\d+(?:\.\d+)?)\s*(%?)$/.exec(text);
  if (!match) {
    return {
      ok: false,
      message: `"${shorten(text)}" is no share`,
      hint: 'write a number of per cent, such as 99.5 %',
    };
  }
  const amount = Number(match[1]);
  const isPercent = match[2] === '%';
  const share = isPercent ? precise(amount / 100) : amount;
  if (!isPercent && amount > 1) {
    return {
      ok: false,
      message: `${text} has no unit`,
      hint:
        amount <= 100
          ? `write ${text} %, or ${precise(amount / 100)}`
          : 'write a share of at most 100 %',
    };
  }
  if (share < 0 || share > 1) {
    return {
      ok: false,
      message: `${text} is not between 0 % and 100 %`,
      hint: 'a share of requests lies between the two',
    };
  }
  if (!options.ends && (share === 0 || share === 1)) {
    return {
      ok: false,
      message:
        share === 1
          ? `${text} leaves no budget: not one request may ever fail`
          : `${text} promises nothing`,
      hint:
        share === 1
          ? 'write less than 100 %, such as 99.9 %'
          : 'write more than 0 %, such as 99.9 %',
    };
  }
  return { ok: true, value: share };
}

/** 99.9 / 100 without the last digits that binary fractions add. */
function precise(share: number): number {
  return Number(share.toPrecision(12));
}

const MEMORY_FACTORS: Record<string, number> = {
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
};

/** Bytes of 200Mi, 1Gi, 300M. */
export function readBytes(input: string | number): Read<number> {
  const text = String(input).trim();
  const match = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text);
  const factor =
    match && Object.hasOwn(MEMORY_FACTORS, match[2])
      ? MEMORY_FACTORS[match[2]]
      : undefined;
  if (!match || factor === undefined) {
    const asMebibytes = match && /^(mb|mib|m?)$/i.test(match[2]);
    return {
      ok: false,
      message: `"${shorten(text)}" is no amount of memory`,
      hint: `write ${
        asMebibytes ? `${match[1]}Mi` : '200Mi'
      }, or a share of the limit such as 90 %`,
    };
  }
  return { ok: true, value: Number(match[1]) * factor };
}

/** Cores of 250m, 0.5, 2. */
export function readCores(input: string | number): Read<number> {
  const text = String(input).trim();
  const match = /^(\d+(?:\.\d+)?)(m?)$/.exec(text);
  return match
    ? { ok: true, value: Number(match[1]) / (match[2] ? 1_000 : 1) }
    : {
        ok: false,
        message: `"${shorten(text)}" is no amount of CPU`,
        hint: 'write 250m or 0.5 (cores), or a share of the limit such as 90 %',
      };
}

/** Per second, of 100 or 100/s. */
export function readRate(input: string | number): Read<number> {
  const match = /^(\d+(?:\.\d+)?)\s*(?:\/\s*s)?$/.exec(String(input).trim());
  return match
    ? { ok: true, value: Number(match[1]) }
    : {
        ok: false,
        message: `"${shorten(
          String(input),
        )}" is no number of requests per second`,
        hint: 'write 100/s',
      };
}

/** A whole number, 0 or more. */
export function readCount(input: string | number): Read<number> {
  const match = /^\d+$/.exec(String(input).trim());
  return match
    ? { ok: true, value: Number(input) }
    : {
        ok: false,
        message: `"${shorten(String(input))}" is no number of times`,
        hint: 'write a whole number, such as 3',
      };
}

/**
 * ISO 8601 of a duration; in days where it is whole days, `P30D`, else `PT36H`, `PT90M`, `PT0.3S`.
 *
 * @public
 */
export function isoDuration(ms: number): string {
  if (ms % DAY_MS === 0) {
    return `P${ms / DAY_MS}D`;
  }
  if (ms % HOUR_MS === 0) {
    return `PT${ms / HOUR_MS}H`;
  }
  return ms % MINUTE_MS === 0 ? `PT${ms / MINUTE_MS}M` : `PT${ms / SECOND_MS}S`;
}

/**
 * Milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds.
 *
 * @throws `TypeError` for what is none
 *
 * @public
 */
export function isoDurationMs(iso: string): number {
  const read = ISO_DURATION.test(iso) ? readDuration(iso, ['PT5M']) : undefined;
  if (!read?.ok) {
    throw new TypeError(`"${iso}" is no ISO 8601 duration`);
  }
  return read.value;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
