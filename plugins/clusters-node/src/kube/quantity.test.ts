import { parseQuantity } from './quantity';

describe('parseQuantity', () => {
  it.each([
    ['250m', 0.25],
    ['96Mi', 96 * 1024 * 1024],
    ['1.5Gi', 1.5 * 1024 ** 3],
    ['8000000n', 0.008],
    ['2', 2],
    [2, 2],
    ['1e3', 1000],
    ['1E', 1e18],
    ['128M', 128e6],
    ['.5', 0.5],
  ])('reads %s', (text, value) => {
    expect(parseQuantity(text)).toBeCloseTo(value);
  });

  it.each(['', 'a lot', '1 Mi', '1mm', '--1', '1KiB'])(
    'does not read %p',
    text => {
      expect(parseQuantity(text)).toBeUndefined();
    },
  );
});
