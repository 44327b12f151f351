import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  as,
  CHECKOUT,
  ELIAS,
  eventually,
  MAYA,
  startForge,
} from '../__testUtils__/startForge';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
jest.setTimeout(60_000);

describe('a backend that is killed', () => {
  let path: string;
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'forge-data-'));
  });
  afterEach(() => rm(path, { recursive: true, force: true }));

  const files = [{ path: 'a.txt', content: 'a' }];

  it('after git moved a branch and before that was noted: the next start announces it', async () => {
    const knex = await databases.init('POSTGRES_18');
    const first = await startForge(databases, { knex, path });
    const { head } = await first.client.createRepository(
      { name: 'orders', owner: CHECKOUT, files },
      as(MAYA),
    );
    await eventually(() => expect(first.pushes('orders')).toHaveLength(1));
    await first.stop();

    // What a push leaves behind when the backend dies with it: a note that it began, and the branch moved.
    await knex('repositories').update({
      write_began_at: new Date(),
      write_began_by: ELIAS,
    });
    const [directory] = await readdir(join(path, 'repositories'));
    const git = (...args: string[]) =>
      execFileSync('git', [
        `--git-dir=${join(path, 'repositories', directory)}`,
        '-c',
        'user.name=Elias',
        '-c',
        'user.email=elias@example.com',
        ...args,
      ])
        .toString()
        .trim();
    const after = git('commit-tree', '-m', 'lost', '-p', 'main', 'main^{tree}');
    git('update-ref', 'refs/heads/main', after);

    const second = await startForge(databases, { knex, path });
    await eventually(() =>
      expect(second.pushes('orders')).toEqual([
        {
          repository: 'orders',
          branch: 'main',
          before: head?.sha,
          after,
          pusher: ELIAS,
          origin: 'reconcile',
        },
      ]),
    );
    const repository = await second.client.getRepository('orders', as(MAYA));
    expect(repository?.head?.sha).toBe(after);
    await second.stop();

    const third = await startForge(databases, { knex, path });
    await third.client.createBranch('orders', { branch: 'later' }, as(MAYA));
    await eventually(() => expect(third.pushes('orders')).toHaveLength(1));
    expect(third.pushes('orders')[0]).toMatchObject({ branch: 'later' });
    await third.stop();
  });

  it('while git may still be at work: later looks go on until it cannot be', async () => {
    const knex = await databases.init('POSTGRES_18');
    const first = await startForge(databases, { knex, path });
    for (const name of ['recent', 'long-ago']) {
      await first.client.createRepository(
        { name, owner: CHECKOUT, files },
        as(MAYA),
      );
    }
    await first.stop();
    const begin = (name: string, at: Date) =>
      knex('repositories').where({ name }).update({ write_began_at: at });
    await begin('recent', new Date(Date.now() - 60_000));
    await begin('long-ago', new Date(Date.now() - 60 * 60_000));

    const second = await startForge(databases, { knex, path });
    await eventually(async () =>
      expect(
        await knex('repositories').whereNotNull('write_began_at').pluck('name'),
      ).toEqual(['recent']),
    );
    await second.stop();
  });

  it('after that was noted and before it was told: the next start tells it', async () => {
    const knex = await databases.init('POSTGRES_18');
    let reached = false;
    let release = () => {};
    const first = await startForge(databases, {
      knex,
      path,
      onEvent: () =>
        new Promise(resolve => {
          reached = true;
          release = resolve;
        }),
    });
    await first.client.createRepository(
      { name: 'orders', owner: CHECKOUT, files },
      as(MAYA),
    );
    await eventually(() => expect(reached).toBe(true));
    // The database notices that the process is gone by its connection.
    await knex.raw(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()
         and database = (select oid from pg_database where datname = current_database())`,
    );

    const second = await startForge(databases, { knex, path });
    await eventually(() => expect(second.pushes('orders')).toHaveLength(1));
    expect(second.events).toHaveLength(2);
    expect(second.pushes('orders')[0]).toMatchObject({ origin: 'publish' });
    await second.stop();
    release();
    await first.stop();
  });
});

describe('a subscriber', () => {
  it('that is slow or writes to the forge itself holds nobody up', async () => {
    let release = () => {};
    const gate = new Promise<void>(resolve => {
      release = resolve;
    });
    const forge = await startForge(databases, {
      onEvent: async ({ payload }) => {
        if (payload.branch === 'main') {
          await forge.client.createBranch(
            'orders',
            { branch: 'mine' },
            as(MAYA),
          );
          await gate;
        }
      },
    });
    await forge.client.createRepository(
      { name: 'orders', owner: CHECKOUT, files: [{ path: 'a', content: 'a' }] },
      as(MAYA),
    );
    await forge.client.createBranch('orders', { branch: 'other' }, as(MAYA));
    release();
    await eventually(() =>
      expect(
        forge
          .pushes('orders')
          .map(it => it.branch)
          .sort(),
      ).toEqual(['main', 'mine', 'other']),
    );
    await forge.stop();
  });
});
