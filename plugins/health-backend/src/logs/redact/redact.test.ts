import { KeyBlockFilter } from './KeyBlockFilter';
import { redact } from './redact';

// Put together here, so that scanners of this repository find no secrets in it.
const github = `ghp_${'a1B2'.repeat(9)}`;
const gitlab = `glpat-${'x'.repeat(20)}`;
const aws = `AKIA${'ABCDEFGH12345678'}`;
const jwt = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`;
const stripe = `sk_live_${'4eC39HqLyjWD'.repeat(2)}`;

describe('redact', () => {
  it.each([
    ['Authorization: Bearer abc.def.ghi', 'Authorization: [redacted]'],
    [
      '{"authorization":"Basic dXNlcjpwYXNz"}',
      '{"authorization":"[redacted]"}',
    ],
    ['cookie: session=abc; theme=dark', 'cookie: [redacted]'],
    ['sent bearer abcdefghijkl to it', 'sent bearer [redacted] to it'],
    [`token ${github} used`, 'token [redacted] used'],
    [`cloning with ${gitlab}`, 'cloning with [redacted]'],
    [`key ${aws}!`, 'key [redacted]!'],
    [`got ${jwt}`, 'got [redacted]'],
    [`pay with ${stripe}`, 'pay with [redacted]'],
    ['postgres://app:s3cr3t@db:5432/x', 'postgres://app:[redacted]@db:5432/x'],
    ['password=hunter2 user=maya', 'password=[redacted] user=maya'],
    [
      '{"password":"hun ter2","user":"maya"}',
      '{"password":"[redacted]","user":"maya"}',
    ],
    ['{"db_password": "a", "x": 1}', '{"db_password": "[redacted]", "x": 1}'],
    ['{"msg":"password=hunter2","n":1}', '{"msg":"password=[redacted]","n":1}'],
    ['AWS_SECRET_ACCESS_KEY=abc/def+gh', 'AWS_SECRET_ACCESS_KEY=[redacted]'],
    ['token=abcdef12345', 'token=[redacted]'],
    ['{"token": "abcdef12345"}', '{"token": "[redacted]"}'],
    ['api-key: 12345', 'api-key: [redacted]'],
    ['client_secret=abc&grant=x', 'client_secret=[redacted]&grant=x'],
    [
      '-----BEGIN RSA PRIVATE KEY-----MIIE-----END RSA PRIVATE KEY----- ok',
      '[redacted] ok',
    ],
    ['{"key":"-----BEGIN PRIVATE KEY-----\\nMIIE', '{"key":"[redacted]'],
  ])('%s', (line, safe) => {
    expect(redact(line)).toBe(safe);
  });

  it.each([
    'GET /tokens 200 in 4 ms',
    'the password was changed',
    '{"level":30,"msg":"served /orders","ms":12}',
    'basic auth is off',
    'see https://example.com:8080/a@b',
    'token: 42, tokens=123456789',
    'keyboard: 4 keys, tokenizer: fast',
    'git@github.com:org/repo.git',
  ])('leaves alone: %s', line => {
    expect(redact(line)).toBe(line);
  });

  it('does not redact twice', () => {
    const once = redact('password=hunter2, Authorization: Basic abcdefghij');
    expect(redact(once)).toBe(once);
  });

  it('takes no longer for hostile lines', () => {
    const pieces = [
      'a',
      'a.',
      'key=',
      'key="',
      'password',
      'a://',
      'http://a:',
      'bearer ',
      'authorization',
      'eyJaaaaaaaaaaa.',
      'secret:',
      "token='",
      '-----BEGIN ',
    ];
    const times: number[] = [];
    for (const piece of pieces) {
      const line = `key token secret ${piece.repeat(16_384 / piece.length)}`;
      const startedAt = performance.now();
      redact(line);
      times.push(performance.now() - startedAt);
    }
    expect(Math.max(...times)).toBeLessThan(250);
  });
});

describe('KeyBlockFilter', () => {
  it('hides a private key over several lines and shows what comes after', () => {
    const filter = new KeyBlockFilter();
    expect(
      [
        'before',
        '-----BEGIN RSA PRIVATE KEY-----',
        'MIIEowIBAAKCAQEA',
        '-----END RSA PRIVATE KEY-----',
        'after',
      ].map(line => redact(filter.next(line))),
    ).toEqual(['before', '[redacted]', '[redacted]', '[redacted]', 'after']);
  });

  it('shows lines again when a key never ends', () => {
    const filter = new KeyBlockFilter();
    filter.next('-----BEGIN PRIVATE KEY-----');
    const lines = Array.from({ length: 120 }, () => filter.next('x'));
    expect(lines.at(-1)).toBe('x');
  });
});
