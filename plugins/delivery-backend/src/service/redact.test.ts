import { redact } from './redact';

describe('redact', () => {
  it.each([
    ['Authorization: Bearer abcdefghij', 'Authorization: [hidden]'],
    ['authorization=Basic dXNlcjpwYXNz', 'authorization=[hidden]'],
    ['got bearer abcdefghijkl back', 'got bearer [hidden] back'],
    ['npm_config_token=abcdef123', 'npm_config_token=[hidden]'],
    ['{"password":"hunter22","a":1}', '{"password":[hidden],"a":1}'],
    ['fatal: https://maya:t0ken@forge/x', 'fatal: https://[hidden]@forge/x'],
    ['ghp_0123456789abcdef0123', '[hidden]'],
  ])('hides the secret in %s', (line, expected) => {
    expect(redact(line, new Set())).toBe(expected);
  });

  it('hides values that are known to be secret, wherever they are', () => {
    expect(redact('x=c2VjcmV0; y', new Set(['c2VjcmV0']))).toBe(
      'x=[hidden]; y',
    );
  });

  it.each([
    'Compiled 3 files in 1.2 s',
    'GET /tokens 200',
    'the token bucket holds 5',
    'https://registry.example/x',
  ])('leaves %s as it is', line => {
    expect(redact(line, new Set())).toBe(line);
  });
});
