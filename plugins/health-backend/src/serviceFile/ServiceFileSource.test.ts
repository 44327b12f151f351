import { Readable } from 'node:stream';
import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import type { FileContent, Repository } from '@ghostlight/plugin-forge-common';
import { component } from '../__testUtils__/entities';
import { testDatabase } from '../__testUtils__/testDatabase';
import { openHealthDatabase } from '../database/HealthDatabase';
import { ServiceFileStore } from '../database/ServiceFileStore';
import { ServiceFilePushes } from './ServiceFilePushes';
import { ServiceFileSource } from './ServiceFileSource';

jest.setTimeout(60_000);

const GOOD = `slos:
  - { name: availability, kind: availability, objective: 99 %, window: 30d }
`;
const orders = component('orders', { 'ghostlight.dev/repository': 'orders' });
const logger = mockServices.logger.mock();

/** A forge with one repository. */
class FakeForge {
  content: string | undefined = GOOD;
  sha = '1'.repeat(40);
  down = false;
  reads = 0;

  async getRepository(name: string): Promise<Repository | undefined> {
    if (this.down) {
      throw new Error('connect ECONNREFUSED');
    }
    return {
      name,
      owner: 'group:default/team-checkout',
      defaultBranch: 'main',
      createdAt: '2026-11-21T12:00:00Z',
      createdBy: 'user:default/maya',
      cloneUrl: 'http://localhost/orders.git',
      webUrl: 'http://localhost/orders',
      head: {
        sha: this.sha,
        message: 'One',
        author: { name: 'Maya', email: 'maya@example.com' },
        at: '2026-11-21T12:00:00Z',
        parents: [],
      },
    };
  }

  async getFile(): Promise<FileContent> {
    this.reads += 1;
    return {
      ref: 'main',
      sha: this.sha,
      path: 'ghostlight.yaml',
      mode: '100644',
      size: 1,
      binary: false,
      encoding: 'utf8',
      content: this.content,
    };
  }

  push(content: string | undefined) {
    this.content = content;
    this.sha = String(Number(this.sha[0]) + 1).repeat(40);
  }
}

let forge: FakeForge;
let store: ServiceFileStore;
let nowMs: number;
const urls = new Map<string, string | (() => Readable)>();
/** Reads of the store fail so often. */
let failingReads: number;
let writes: string[];

beforeEach(async () => {
  const { knex } = await testDatabase();
  await openHealthDatabase(
    mockServices.database.mock({ getClient: async () => knex }),
  );
  await testDatabase();
  store = new ServiceFileStore(knex);
  forge = new FakeForge();
  nowMs = Date.parse('2026-11-21T12:00:00Z');
  failingReads = 0;
  writes = [];
});

const open = () =>
  new ServiceFileSource({
    forge,
    auth: mockServices.auth(),
    urlReader: mockServices.urlReader.mock({
      readUrl: async url => {
        const content = urls.get(url);
        if (content === undefined) {
          throw new NotFoundError(`${url} is not there`);
        }
        return typeof content === 'string'
          ? { buffer: async () => Buffer.from(content) }
          : {
              stream: content,
              buffer: async () => {
                throw new Error('read as a whole');
              },
            };
      },
    }),
    store: {
      get: async ref => {
        if (failingReads > 0) {
          failingReads -= 1;
          throw new Error('the database blinks');
        }
        return store.get(ref);
      },
      put: async (ref, file) => {
        writes.push(`put ${ref}`);
        await store.put(ref, file);
      },
      remove: async ref => {
        writes.push(`remove ${ref}`);
        await store.remove(ref);
      },
    },
    logger,
    now: () => new Date(nowMs),
  });

it('reads the head of the default branch, and again after a minute only when there is a newer one', async () => {
  const files = open();
  const first = await files.of(orders);
  expect(first.health).toEqual({
    state: 'valid',
    path: 'ghostlight.yaml',
    repository: 'orders',
    sha: forge.sha,
    mistakes: [],
  });
  expect(first.parsed?.file.slos).toHaveLength(1);
  forge.push(GOOD.replace('99 %', '99'));
  expect(await files.of(orders)).toBe(first);
  nowMs += 60_000;
  const { health, parsed } = await files.of(orders);
  expect(health).toMatchObject({
    state: 'invalid',
    mistakes: [{ line: 2, path: 'slos[0].objective' }],
    excerpt: [{ line: 1, text: 'slos:' }, { line: 2 }, { line: 3 }],
  });
  expect(parsed?.broken).toEqual([{ section: 'slos', name: 'availability' }]);
  nowMs += 60_000;
  await files.of(orders);
  expect(forge.reads).toBe(2);
});

it('hides what looks like a secret in the lines it shows', async () => {
  forge.content = 'run: { command: [node], password: hunter2hunter2 }\n';
  const { health } = await open().of(orders);
  expect(health.state).toBe('invalid');
  expect(JSON.stringify(health.excerpt)).not.toContain('hunter2');
});

it('reads at once after a push, and has its alerts evaluated', async () => {
  const files = open();
  await files.of(orders);
  const told: string[] = [];
  const pushes = new ServiceFilePushes({
    files,
    leases: { hurry: async refs => void told.push(`hurry ${refs}`) },
    signals: { changed: async ref => void told.push(`signal ${ref}`) },
    evaluator: { wake: () => void told.push('wake') },
    logger,
  });
  forge.push('slos: []\n');
  await pushes.onPush({ repository: 'payments' });
  await pushes.onPush('nonsense');
  expect(told).toEqual([]);
  await pushes.onPush({ repository: 'orders', branch: 'main' });
  expect(told).toEqual([
    'hurry component:default/orders',
    'wake',
    'signal component:default/orders',
  ]);
  expect((await files.of(orders)).parsed?.file.slos).toEqual([]);
});

it('goes on with what was read last when nobody can be asked, also after a restart', async () => {
  await open().of(orders);
  forge.down = true;
  const restarted = open();
  const { health, parsed, definite } = await restarted.of(orders);
  expect(health).toMatchObject({
    state: 'unreadable',
    message: expect.stringMatching(
      /could not be read from orders: connect ECONNREFUSED\. What it said at 1111111, read 2026-11-21 12:00 UTC, still counts\.$/,
    ),
  });
  expect(parsed?.file.slos).toHaveLength(1);
  expect(definite).toBe(true);
  forge.down = false;
  nowMs += 10_000;
  expect((await restarted.of(orders)).health.state).toBe('valid');
});

it('does not mistake never having read a file for its being empty', async () => {
  forge.down = true;
  expect(await open().of(orders)).toMatchObject({
    health: { state: 'unreadable' },
    definite: false,
  });
  // What was read of another source counts for nothing.
  await store.put('component:default/orders', {
    source: 'forge:payments',
    content: Buffer.from(GOOD),
    readAt: '2026-11-21T12:00:00Z',
  });
  expect((await open().of(orders)).parsed).toBeUndefined();
});

it('says what is wrong with the source itself', async () => {
  const of = async (annotations: Record<string, string>) =>
    (await open().of(component('orders', annotations))).health;
  expect(await of({})).toMatchObject({ state: 'no-source' });
  expect(
    await of({ 'ghostlight.dev/repository': '../../etc/passwd' }),
  ).toMatchObject({
    state: 'no-source',
    message: expect.stringMatching(/cannot be the name of a repository/),
  });
  expect(
    await of({ 'backstage.io/managed-by-location': 'file:/etc/passwd' }),
  ).toMatchObject({ state: 'no-source' });
  forge.content = undefined;
  expect(await of({ 'ghostlight.dev/repository': 'orders' })).toMatchObject({
    state: 'invalid',
    mistakes: [{ message: 'ghostlight.yaml is larger than 1 MiB' }],
  });
});

it('reads beside catalog-info.yaml where no repository is named', async () => {
  const at = (url: string) =>
    component('orders', { 'backstage.io/managed-by-location': `url:${url}` });
  urls.set('https://git.example.com/orders/blob/main/ghostlight.yaml', GOOD);
  const files = open();
  const found = await files.of(
    at('https://git.example.com/orders/blob/main/catalog-info.yaml'),
  );
  expect(found.health).toMatchObject({ state: 'valid' });
  expect(found.parsed?.file.slos).toHaveLength(1);
  const missing = await files.of(
    at('https://git.example.com/payments/blob/main/catalog-info.yaml'),
  );
  expect(missing).toMatchObject({
    health: { state: 'missing' },
    definite: true,
  });
});

it('fails no longer than the database does', async () => {
  await open().of(orders);
  forge.down = true;
  failingReads = 1;
  const files = open();
  const [one, other] = await Promise.allSettled([
    files.of(orders),
    files.of(orders),
  ]);
  expect([one.status, other.status]).toEqual(['rejected', 'rejected']);
  expect((await files.of(orders)).parsed?.file.slos).toHaveLength(1);
});

it('keeps the last good file when the newest is refused, not when it was removed', async () => {
  const files = open();
  await files.of(orders);
  forge.push(undefined);
  nowMs += 60_000;
  expect((await files.of(orders)).health.state).toBe('invalid');
  forge.down = true;
  const { health, parsed } = await open().of(orders);
  expect(health.message).toMatch(/What it said at 1111111/);
  expect(parsed?.file.slos).toHaveLength(1);
});

describe('by address', () => {
  const address = 'https://git.example.com/orders/blob/main';
  const remote = component('orders', {
    'backstage.io/managed-by-location': `url:${address}/catalog-info.yaml`,
  });
  const at = `${address}/ghostlight.yaml`;

  it('reads no more than the limit of a file', async () => {
    let given = 0;
    const endless = new Readable({
      read() {
        given += 65_536;
        this.push(Buffer.alloc(65_536, '#'));
      },
    });
    urls.set(at, () => endless);
    const { health } = await open().of(remote);
    expect(health).toMatchObject({
      state: 'invalid',
      mistakes: [{ message: 'ghostlight.yaml is larger than 1 MiB' }],
    });
    expect(given).toBeLessThan(2 * 1_048_576);
    expect(endless.destroyed).toBe(true);
    urls.set(at, () => Readable.from([GOOD.slice(0, 10), GOOD.slice(10)]));
    expect((await open().of(remote)).parsed?.file.slos).toHaveLength(1);
  });

  it('writes what changed, and what could not be written before', async () => {
    urls.set(at, GOOD);
    const files = open();
    const first = await files.of(remote);
    expect(first.health).not.toHaveProperty('sha');
    nowMs += 60_000;
    expect(await files.of(remote)).toBe(first);
    expect(writes).toEqual(['put component:default/orders']);
    urls.set(at, 'slos: []\n');
    const put = jest
      .spyOn(store, 'put')
      .mockRejectedValueOnce(new Error('the database blinks'));
    nowMs += 60_000;
    expect((await files.of(remote)).parsed?.file.slos).toEqual([]);
    nowMs += 60_000;
    await files.of(remote);
    nowMs += 60_000;
    await files.of(remote);
    expect(writes).toHaveLength(3);
    put.mockRestore();
    const stored = await store.get('component:default/orders');
    expect(String(stored?.content)).toBe('slos: []\n');
    urls.delete(at);
    nowMs += 60_000;
    expect((await files.of(remote)).health.state).toBe('missing');
    expect(await store.get('component:default/orders')).toBeUndefined();
  });
});
