import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Registry } from '../src/chassis/metrics.js';
import { RankingCache } from '../src/cache.js';

const ranking = [{ id: 'p-1', score: 1 }];

test('a ranking is found again', () => {
  const cache = new RankingCache({ max: 2, registry: new Registry() });
  assert.equal(cache.get('a'), undefined);
  cache.set('a', ranking);
  assert.deepEqual(cache.get('a'), ranking);
});

test('what was not asked for the longest goes first', () => {
  const cache = new RankingCache({ max: 2, registry: new Registry() });
  cache.set('a', ranking);
  cache.set('b', ranking);
  cache.get('a');
  cache.set('c', ranking);
  assert.equal(cache.get('b'), undefined);
  assert.deepEqual(cache.get('a'), ranking);
});
