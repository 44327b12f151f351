import { tellingLine } from './tellingLine';

it('finds the error of Node.js above its stack and version', () => {
  const lines = [
    'file:///app/src/main.ts:1',
    "throw new Error('no DATABASE_URL');",
    '      ^',
    '',
    'Error: no DATABASE_URL',
    '    at file:///app/src/main.ts:1:7',
    '',
    'Node.js v24.21.0',
  ];
  expect(tellingLine(lines)).toBe('Error: no DATABASE_URL');
});

it.each([
  'TypeError [ERR_UNKNOWN]: what',
  'KeyError: name',
  'java.io.IOException: no disk',
  'panic: nil map',
])('knows %s as an error', line => {
  expect(tellingLine([line, 'goodbye'])).toBe(line);
});

it('is the last line with words when none names an error', () => {
  expect(tellingLine(['starting', 'out of tea', ' '])).toBe('out of tea');
  expect(tellingLine(['', ' '])).toBeUndefined();
});
