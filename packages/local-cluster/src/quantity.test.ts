import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseQuantity } from './quantity.ts';

it('reads each form of a Kubernetes quantity, and nothing else', () => {
  const table: [string | number, number | undefined][] = [
    ['64Mi', 64 * 2 ** 20],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['1Ei', 2 ** 60],
    ['250m', 0.25],
    ['1u', 1e-6],
    ['1e3', 1000],
    ['1E3', 1000],
    ['1E', 1e18],
    ['500M', 5e8],
    ['-1', -1],
    [2, 2],
    ['12 apples', undefined],
    ['1 Gi', undefined],
    ['', undefined],
  ];
  for (const [text, wanted] of table)
    assert.equal(parseQuantity(text), wanted, `${text}`);
});
