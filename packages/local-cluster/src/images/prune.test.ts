import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { imagesToPrune } from './prune.ts';

const image = (name: string, n: number) => ({
  name,
  sha: String(n).padStart(40, '0'),
  repository: 'file:///r',
  command: [],
  builtAt: new Date(n * 1000).toISOString(),
});
const shas = (images: { sha: string }[]) => images.map(one => Number(one.sha));

describe('imagesToPrune', () => {
  const shop = [1, 2, 3, 4].map(n => image('shop', n));

  it('keeps the newest of each name', () => {
    const images = [...shop, image('cart', 1)];
    assert.deepEqual(shas(imagesToPrune(images, new Set(), 2)), [2, 1]);
  });

  it('keeps what is in use, however old', () => {
    const inUse = new Set([`shop:${shop[0].sha.slice(0, 12)}`]);
    // All four have the same first 12 digits here, so all are in use.
    assert.deepEqual(imagesToPrune(shop, inUse, 1), []);
    assert.deepEqual(shas(imagesToPrune(shop, new Set(['cart:x']), 3)), [1]);
  });
});
