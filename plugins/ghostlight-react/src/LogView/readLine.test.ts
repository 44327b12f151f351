import { readLine } from './readLine';

function read(text: string) {
  return readLine({
    kind: 'line',
    id: '1',
    at: '2026-11-21T12:00:00Z',
    source: 'orders-1',
    text,
  });
}

it('reads message, level and fields of a JSON line and leaves the time out', () => {
  expect(
    read('{"time":1,"severity":"WARNING","message":"slow","ms":8,"a":{"b":1}}'),
  ).toEqual({
    message: 'slow',
    level: 'warn',
    fields: [
      ['ms', '8'],
      ['a', '{"b":1}'],
    ],
  });
});

it('reads the numbered levels of pino', () => {
  expect(read('{"level":30,"msg":"x"}').level).toBe('info');
  expect(read('{"level":60,"msg":"x"}').level).toBe('error');
});

it('shows a line that only looks like JSON as it is', () => {
  expect(read('{not json}').message).toBe('{not json}');
  expect(read('[1,2]').message).toBe('[1,2]');
});

it('finds a level in plain text and takes terminal colours away', () => {
  expect(read('\u001b[31mERROR\u001b[0m cannot charge')).toEqual({
    message: 'ERROR cannot charge',
    level: 'error',
    fields: [],
  });
  expect(read('listening on 3000').level).toBeUndefined();
});
