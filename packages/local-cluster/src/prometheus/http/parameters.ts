import type { IncomingMessage } from 'node:http';
import { badData, ApiProblem } from './envelope.ts';

const BODY_LIMIT_BYTES = 1024 * 1024;

/** Without a body nothing needs to say what it is. */
const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined ||
  Number(headers['content-length'] ?? 0) > 0;

/** The parameters of a question, from its URL and, for a POST, its form. */
export async function readParameters(
  request: IncomingMessage,
  url: URL,
): Promise<URLSearchParams> {
  if (request.method !== 'POST' || !hasBody(request)) return url.searchParams;
  const type = (request.headers['content-type'] ?? '').split(';')[0].trim();
  if (type !== 'application/x-www-form-urlencoded') {
    throw badData(
      `a POST carries its parameters as application/x-www-form-urlencoded, not as ${
        type || 'a body without content type'
      }`,
    );
  }
  const parameters = new URLSearchParams(await readBody(request));
  for (const [name, value] of url.searchParams) parameters.append(name, value);
  return parameters;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES) {
      throw new ApiProblem(
        413,
        'bad_data',
        `the body is larger than ${BODY_LIMIT_BYTES} bytes`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const RFC3339 =
  /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const LARGEST_MS = 8.64e15;

/** RFC 3339 or unix seconds, in unix milliseconds. */
export function timeParameter(
  parameters: URLSearchParams,
  name: string,
): number | undefined {
  const text = parameters.get(name);
  if (text === null || text === '') return undefined;
  let timeMs = NaN;
  if (NUMBER.test(text)) timeMs = Math.round(Number(text) * 1000);
  else if (RFC3339.test(text)) timeMs = Date.parse(text);
  if (!(Math.abs(timeMs) <= LARGEST_MS)) {
    throw badData(
      `invalid parameter "${name}": cannot parse "${text.slice(
        0,
        100,
      )}" to a valid timestamp`,
    );
  }
  return timeMs;
}

const UNIT_MS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
};
const DURATION =
  /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const UNITS = ['y', 'w', 'd', 'h', 'm', 's', 'ms'];

function unitsMs(match: RegExpExecArray | null): number {
  if (!match) return NaN;
  return UNITS.reduce(
    (sum, unit, i) => sum + Number(match[i + 1] ?? 0) * UNIT_MS[unit],
    0,
  );
}

/** Seconds as a number or a Prometheus duration such as `1h30m`, in milliseconds. */
export function durationParameter(
  parameters: URLSearchParams,
  name: string,
): number | undefined {
  const text = parameters.get(name);
  if (text === null || text === '') return undefined;
  const durationMs = NUMBER.test(text)
    ? Number(text) * 1000
    : unitsMs(DURATION.exec(text));
  if (!Number.isFinite(durationMs) || durationMs > LARGEST_MS) {
    throw badData(
      `invalid parameter "${name}": cannot parse "${text.slice(
        0,
        100,
      )}" to a valid duration`,
    );
  }
  return durationMs;
}

/** @returns undefined for none, or 0, which means all */
export function limitParameter(
  parameters: URLSearchParams,
): number | undefined {
  const text = parameters.get('limit');
  if (text === null || text === '') return undefined;
  if (!/^\d{1,9}$/.test(text)) {
    throw badData('invalid parameter "limit": must be a whole number from 0');
  }
  return Number(text) || undefined;
}
