import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { createExamples } from '../../../bin/lib/examples.ts';
import { git } from '../../../bin/lib/storefront-git.ts';
import { FakePortal } from './portal.ts';

let folder: string;
let portal: FakePortal;
let base: string;
const never = new Promise<void>(() => {});
const names = [
  'inventory',
  'orders',
  'payments',
  'recommendations',
  'shoppers',
  'web',
];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ghostlight-first-start-'));
  mkdirSync(join(folder, 'forge'));
  portal = new FakePortal(join(folder, 'forge'));
  base = await portal.listen();
});
afterEach(() => {
  portal.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = (interrupted: Promise<unknown> = never) =>
  createExamples(base, folder, interrupted);
const remembered = (): { made: string[] } =>
  JSON.parse(readFileSync(join(folder, 'examples.json'), 'utf8'));

test('each service is pushed when those it calls run, with both branches and a change request by a person', async () => {
  assert.equal(await start(), `created ${names.join(', ')}`);
  const place = (event: string) => portal.events.indexOf(event);
  for (const [service, need] of [
    ['orders', 'payments'],
    ['orders', 'inventory'],
    ['recommendations', 'inventory'],
    ['web', 'orders'],
    ['web', 'recommendations'],
    ['shoppers', 'web'],
  ]) {
    assert.ok(place(`push to ${need}`) < place(`push to ${service}`), service);
  }
  assert.ok(place('noor asks to merge next of orders') > 0);
  assert.ok(place('maya makes orders') >= 0);
  const branches = await git(['branch', '--format=%(refname:short)'], {
    cwd: portal.path('orders'),
  });
  assert.equal(branches, 'main\nnext');
  const newest = await git(['log', '-1', '--format=%an %cn', 'main'], {
    cwd: portal.path('orders'),
  });
  assert.equal(newest, 'Maya Lindqvist Maya Lindqvist');
  assert.deepEqual(remembered().made.sort(), names);
});

for (const moment of [
  'push to payments',
  'noor asks to merge next of payments',
]) {
  test(`stopped at "${moment}", the next start goes on and does nothing twice`, async () => {
    let interrupt = () => {};
    const interrupted = new Promise<void>(resolve => {
      interrupt = resolve;
    });
    portal.onEvent = event => event === moment && interrupt();
    await assert.rejects(start(interrupted), { name: 'AbortError' });
    portal.onEvent = () => {};
    await start();
    assert.deepEqual([...portal.repositories.keys()].sort(), names);
    // A push that was cut off may have to be sent again; what it brought is the same.
    const told = portal.events.filter(event => !event.startsWith('push'));
    assert.equal(new Set(told).size, told.length);
    assert.equal(told.length, names.length + names.length - 1);
    assert.deepEqual(remembered().made.sort(), names);
  });
}

test('what a person removed is not made again', async () => {
  await start();
  portal.repositories.delete('payments');
  const before = portal.events.length;
  assert.equal(await start(), 'ready');
  assert.equal(portal.events.length, before);
});

test('a repository of that name that somebody has is left as it is', async () => {
  portal.repositories.set('payments', { key: 'mine', by: 'sam', requests: [] });
  assert.match(await start(), /^created inventory, orders, recommendations/);
  assert.ok(!portal.events.includes('push to payments'));
  assert.ok(portal.events.includes('push to orders'));
});

test('a data folder with the services of an earlier version keeps them', async () => {
  const earlier = { orders: { task: 'a', created: true } };
  writeFileSync(join(folder, 'examples.json'), JSON.stringify(earlier));
  assert.match(await start(), /^ready; bin\/start --fresh/);
  assert.deepEqual(portal.events, []);
});
