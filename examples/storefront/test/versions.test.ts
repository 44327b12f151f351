import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../../../bin/lib/paths.ts';
import { buildRepository } from '../../../bin/lib/storefront-history.ts';
import type { StorefrontService } from '../../../bin/lib/storefront.ts';
import { readAnswers } from './answers.ts';
import { ServiceProcess } from './process.ts';
import { Repositories, firstStart } from './repositories.ts';
import type { Version } from './repositories.ts';

const repositories = new Repositories();
const names = repositories.services.map(({ name }) => name);

before(() => repositories.build());
after(() => repositories.remove());

test('the same files make the same commits', async () => {
  const build = async (service: StorefrontService) => {
    const again = `${repositories.repository(service.name)}.again`;
    await buildRepository(service, again, firstStart);
    const heads = (repository: string) =>
      repositories.git(service.name, 'ls-remote', repository);
    assert.equal(
      await heads(again),
      await heads(repositories.repository(service.name)),
    );
  };
  await Promise.all(repositories.services.map(build));
});

test('histories are those of a team: people, in the order of days, each changing something', async () => {
  for (const { name } of repositories.services) {
    for (const branch of ['main', 'next'] as const) {
      const versions = await repositories.versions(name, branch);
      versions.slice(1).forEach(({ at, tree, subject }, i) => {
        assert.ok(at > versions[i].at, subject);
        assert.notEqual(tree, versions[i].tree, subject);
      });
      for (const { at } of versions) assert.ok(at < firstStart);
      const authors = new Set(versions.map(({ author }) => author));
      if (name !== 'shoppers') assert.ok(authors.size >= 2, name);
    }
  }
});

test('the commit at fault is neither the first nor the last of its branch', async () => {
  const answers = readAnswers();
  assert.deepEqual(
    Object.keys(answers).sort(),
    names.filter(name => name !== 'shoppers'),
  );
  for (const [service, { commit }] of Object.entries(answers)) {
    const subjects = (await repositories.versions(service, 'next')).map(
      ({ subject }) => subject,
    );
    const place = subjects.indexOf(commit);
    assert.ok(place > 0 && place < subjects.length - 1, `${service}: ${place}`);
  }
});

test('nothing that Ghostlight is made of reads the answers', async () => {
  const { stdout } = await promisify(execFile)(
    'git',
    ['ls-files', 'packages', 'plugins', 'templates', 'app-config.yaml', 'bin'],
    { cwd: root },
  );
  const secrets = [
    'answers.yaml',
    ...Object.values(readAnswers()).map(({ commit }) => commit),
  ];
  for (const file of stdout.trim().split('\n')) {
    const path = join(root, file);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    for (const secret of secrets)
      assert.ok(!text.includes(secret), `${file} knows "${secret}"`);
  }
});

const PROBES = ['/health', '/ready', '/live', '/startup', '/metrics'];

async function startAndEnd(wanted: Version): Promise<void> {
  const version = await repositories.checkout(wanted);
  const running = await ServiceProcess.start(version, { RATE: '0' });
  for (const path of PROBES) {
    const { status } = await running.get(path);
    assert.equal(status, 200, `${path} at "${version.subject}"`);
  }
  assert.equal(await running.stop(), 0, `ends at "${version.subject}"`);
  for (const { service } of running.lines)
    assert.equal(service, version.service);
}

for (const name of names) {
  test(`every version of ${name} starts, answers its probes and ends gracefully`, async () => {
    const versions = [
      ...(await repositories.versions(name, 'main')),
      ...(await repositories.versions(name, 'next')),
    ];
    for (let i = 0; i < versions.length; i += 3)
      await Promise.all(versions.slice(i, i + 3).map(startAndEnd));
  });

  test(`the own tests of ${name} pass at the good version and at the end of next`, async () => {
    const good = await repositories.good(name);
    const [last = good] = (await repositories.versions(name, 'next')).slice(-1);
    for (const version of new Set([good, last])) {
      const { folder } = await repositories.checkout(version);
      await promisify(execFile)(
        process.execPath,
        ['--test', 'test/**/*.test.js'],
        { cwd: folder, env: { PATH: process.env.PATH } },
      );
    }
  });
}
