import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GonePeers } from './gone-peers.ts';
import { type Peer, UNKNOWN } from './peer.ts';
import { RequestCounts } from './request-counts.ts';

const peer = (workload: string): Peer => ({ ...UNKNOWN, workload });
const ORDERS = { namespace: 'default', name: 'orders', key: 'default/orders' };
const MINUTE_MS = 60_000;

test('each end, code and flag is counted by itself, in the bucket of its duration', () => {
  const counts = new RequestCounts();
  const [web, orders] = [peer('web'), peer('orders')];
  counts.record(web, ORDERS, { code: 200, flags: '-', destination: orders }, 5);
  counts.record(web, ORDERS, { code: 200, flags: '-', destination: orders }, 6);
  counts.record(web, ORDERS, { code: 503, flags: '-', destination: orders }, 1);
  const unreached = { code: 503, flags: 'UH', destination: undefined } as const;
  counts.record(web, ORDERS, unreached, 4_000_000);
  assert.deepEqual(
    [...counts.list()].map(({ code, flags, destination, count }) => [
      code,
      flags,
      destination?.workload,
      count,
    ]),
    [
      [200, '-', 'orders', 2],
      [503, '-', 'orders', 1],
      [503, 'UH', undefined, 1],
    ],
  );
  const [{ perBucket, durationMsSum }, , slow] = counts.list();
  assert.deepEqual(perBucket.slice(0, 5), [0, 0, 1, 1, 0]);
  assert.equal(durationMsSum, 11);
  assert.equal(slow.perBucket.at(-1), 1, 'slower than the last bound');
});

test('a pod that answers any number does not make a count for each', () => {
  const counts = new RequestCounts();
  const destination = peer('orders');
  for (let code = 200; code < 1_000; code += 1) {
    counts.record(UNKNOWN, ORDERS, { code, flags: '-', destination }, 1);
  }
  const all = [...counts.list()];
  assert.ok(all.length < 50, `${all.length} counts`);
  assert.equal(
    all.reduce((sum, { count }) => sum + count, 0),
    800,
  );
});

test('what no pod has been for five minutes is forgotten, what lives or comes back is not', () => {
  const counts = new RequestCounts();
  const gone = new GonePeers();
  const [old, back, web] = [peer('old'), peer('back'), peer('web')];
  for (const destination of [old, back]) {
    counts.record(web, ORDERS, { code: 200, flags: '-', destination }, 1);
  }
  const living = new Set([web]);
  const observe = (minute: number) =>
    gone.observe(counts.peers(), living, minute * MINUTE_MS);
  assert.equal(observe(0).size, 0);
  living.add(back);
  assert.equal(observe(4).size, 0);
  living.delete(back);
  const due = observe(6);
  assert.deepEqual([...due], [old]);
  counts.forget(due);
  assert.deepEqual(
    [...counts.list()].map(({ destination }) => destination?.workload),
    ['back'],
  );
  assert.equal(observe(10).size, 0);
  assert.deepEqual([...observe(12)], [back]);
});
