/** A sort of secret that can be told by its form. */
export interface SecretPattern {
  name: string;
  /** Cheap: without one of these (lower case) in the line the expression is not tried. */
  hints: string[];
  expression: RegExp;
  /** Replacement; `$1` keeps what stands before the secret. */
  replacement: string;
}

export const REDACTED = '[redacted]';

/** Names of fields whose values are secret, in JSON, logfmt, YAML, headers, URLs and SQL. */
const SECRET_NAME =
  '[\\w.-]{0,40}(?:password|passwd|passphrase|secret|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?secret|auth[_-]?token|access[_-]?token|refresh[_-]?token|id[_-]?token|session[_-]?token|credential)s?';

/**
 * Obvious secrets. Repetitions are bounded, so that a hostile line costs no more than a long one.
 */
export const secretPatterns: SecretPattern[] = [
  {
    name: 'authorization header',
    hints: ['authorization', 'cookie'],
    expression:
      /((?:proxy-)?authorization|(?:set-)?cookie)(["']?\s{0,3}[:=](?!\s{0,3}["']?\[redacted\])\s{0,3}["']?)[^\r\n"']+/gi,
    replacement: `$1$2${REDACTED}`,
  },
  {
    name: 'bearer or basic credentials',
    hints: ['bearer', 'basic'],
    expression: /\b(bearer|basic)\s+[A-Za-z0-9+/._~-]{8,}={0,2}/gi,
    replacement: `$1 ${REDACTED}`,
  },
  {
    name: 'private key',
    hints: ['private key'],
    expression:
      /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
    replacement: REDACTED,
  },
  {
    name: 'JSON Web Token',
    hints: ['eyj'],
    expression: /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g,
    replacement: REDACTED,
  },
  {
    name: 'AWS access key id',
    hints: ['akia', 'asia'],
    expression: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
    replacement: REDACTED,
  },
  {
    name: 'GitHub token',
    hints: ['gh', 'github_pat_'],
    expression:
      /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/g,
    replacement: REDACTED,
  },
  {
    name: 'GitLab token',
    hints: ['gl'],
    expression: /\bgl(?:pat|dt|rt|cbt|ptt|ft|soat)-[A-Za-z0-9_-]{16,}/g,
    replacement: REDACTED,
  },
  {
    name: 'npm, Slack, Stripe, OpenAI, Anthropic, Google token',
    hints: ['npm_', 'xox', 'sk_', 'sk-', 'rk_', 'aiza'],
    expression:
      /\b(?:npm_[A-Za-z0-9]{30,}|xox[abposr]-[A-Za-z0-9-]{10,}|[sr]k_(?:live|test)_[A-Za-z0-9]{16,}|sk-[A-Za-z0-9_-]{20,}|AIza[A-Za-z0-9_-]{30,})/g,
    replacement: REDACTED,
  },
  {
    name: 'password in a URL',
    hints: ['://'],
    expression: /\b([a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@"']*:)[^\s/@"']+@/gi,
    replacement: `$1${REDACTED}@`,
  },
  {
    name: 'quoted secret field',
    hints: ['pass', 'secret', 'key', 'token', 'credential'],
    expression: new RegExp(
      `\\b(${SECRET_NAME}\\\\?["']?\\s{0,3}[:=]\\s{0,3})\\\\?(["'])(?!\\[redacted\\])(?:(?!\\\\?\\2).){1,4000}\\\\?\\2`,
      'gi',
    ),
    replacement: `$1$2${REDACTED}$2`,
  },
  {
    name: 'secret field',
    hints: ['pass', 'secret', 'key', 'token', 'credential'],
    expression: new RegExp(
      `\\b(${SECRET_NAME}\\s{0,3}[:=]\\s{0,3})(?!["'\\\\\\[])[^\\s,;&"'})]+`,
      'gi',
    ),
    replacement: `$1${REDACTED}`,
  },
  {
    name: 'token field',
    hints: ['token'],
    // Numbers of tokens are no secrets: the value must be long.
    expression:
      /\b([\w.-]{0,40}token\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?)(?!\[redacted\])[^\s,;&"'\\})[\]]{8,}/gi,
    replacement: `$1${REDACTED}`,
  },
];
