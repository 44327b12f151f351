import { createHmac, timingSafeEqual } from 'node:crypto';

/** How old a signed request of the Standard Webhooks form may be, so that a recorded one is of no use later. */
const MAX_AGE_MS = 5 * 60_000;

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * GitHub: HMAC-SHA256 of the body in `X-Hub-Signature-256`.
 *
 * @see {@link https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries}
 */
export function isSignedByGithub(
  headers: Headers,
  body: Buffer,
  secrets: readonly string[],
): boolean {
  const given = one(headers, 'x-hub-signature-256');
  return secrets.some(secret =>
    same(
      given,
      `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    ),
  );
}

/**
 * GitLab with a signing token: the Standard Webhooks form, HMAC-SHA256 over id, time and body. `secret` is `whsec_` and base64.
 *
 * @see {@link https://www.standardwebhooks.com}
 */
export function isSignedByGitlab(
  headers: Headers,
  body: Buffer,
  secrets: readonly string[],
  nowMs: number,
): boolean {
  const id = one(headers, 'webhook-id');
  const timestamp = one(headers, 'webhook-timestamp');
  const sentMs = Number(timestamp) * 1000;
  if (!id || !timestamp || !(Math.abs(nowMs - sentMs) <= MAX_AGE_MS)) {
    return false;
  }
  const given = (one(headers, 'webhook-signature') ?? '').split(' ');
  return secrets.some(secret => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const expected = createHmac('sha256', key)
      .update(`${id}.${timestamp}.`)
      .update(body)
      .digest('base64');
    return given.some(each => same(each, `v1,${expected}`));
  });
}

/** GitLab with a secret token: the token itself in `X-Gitlab-Token`. */
export function hasGitlabToken(
  headers: Headers,
  secrets: readonly string[],
): boolean {
  const given = one(headers, 'x-gitlab-token');
  return secrets.some(secret => same(given, secret));
}

function one(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** In a time that does not tell how much of it was right. */
function same(given: string | undefined, expected: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
