import { detectLevel } from './detectLevel';

describe('detectLevel', () => {
  it.each([
    ['{"level":30,"msg":"pino"}', 'info'],
    ['{"level":10}', 'trace'],
    ['{"level":50,"msg":"an info error"}', 'error'],
    ['{"level":35}', 'info'],
    ['{"level":60}', 'fatal'],
    ['{"level":"WARN","msg":"zap"}', 'warn'],
    ['{"severity":"CRITICAL"}', 'fatal'],
    ['{"ts":1,"log.level":"debug"}', 'debug'],
    ['{"levelname": "warning"}', 'warn'],
    ['2026-03-01 12:00:00,000 ERROR o.e.Main - boom', 'error'],
    ['[warn] slow query', 'warn'],
    ['time=1 level=info msg=x', 'info'],
    ['error: cannot read', 'error'],
    ['E0301 12:00:00.000000 1 main.go:1] boom', 'error'],
    ['2026-03-01T12:00:00Z INFO started', 'info'],
    ['<4>', undefined],
    ['an error happened in the middle of words', undefined],
    ['{"msg":"no level here, but an ERROR in words"}', undefined],
    ['', undefined],
    ['INFORMATION DESK', 'info'],
    ['{"level":0}', undefined],
  ])('%s is %s', (line, level) => {
    expect(detectLevel(line)).toBe(level);
  });

  it('takes no longer for hostile lines', () => {
    const startedAt = performance.now();
    for (const piece of ['[', '(a', 'level=', '"level":', 'ERRO ', '<<<']) {
      detectLevel(piece.repeat(16_384 / piece.length));
    }
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});
