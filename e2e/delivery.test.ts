import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { call } from './api.ts';
import { portalUrl } from './browser.ts';

interface Deployment {
  id: string;
  sha: string;
  state: string;
  reason?: string;
  url?: string;
  by: string;
  origin: string;
}

interface Task {
  status: string;
}

const name = 'parcels';
const entityRef = `component:default/${name}`;
const environment = 'local';
let folder: string;

/** One of the example people, using the portal's API. */
class Person {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  ask<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) {
    return call<T>(this.name, path, { method, body });
  }
}

const maya = new Person('maya');
const elias = new Person('elias');

/** Asks until there is an answer; the time limit of the tests ends what never comes true. */
async function until<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await delay(200);
  }
}

const git = (...args: string[]) =>
  execFileSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Clones as a person, by a token of the forge. */
async function cloneAs(person: Person): Promise<void> {
  const { body } = await person.ask<{ token: string }>(
    'POST',
    '/api/forge/tokens',
    { description: 'e2e' },
  );
  const url = new URL(`${portalUrl}/api/forge/git/${name}.git`);
  url.username = person.name;
  url.password = body.token;
  rmSync(folder, { recursive: true, force: true });
  execFileSync('git', ['clone', '-q', url.href, folder], { stdio: 'ignore' });
  git('config', 'user.name', person.name);
  git('config', 'user.email', `${person.name}@example.com`);
}

/** Changes a file with a pattern that must be in it, and pushes. Answers with the commit. */
function push(file: string, from: string | RegExp, to: string): string {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  const changed = text.replace(from, to);
  assert.notEqual(changed, text, `${from} is not in ${file}`);
  writeFileSync(path, changed);
  git('commit', '-qam', `Change ${file}`);
  git('push', '-q');
  return git('rev-parse', 'HEAD').trim();
}

/** The deployment of a commit once it ended. */
async function deploymentOf(sha: string): Promise<Deployment> {
  return until(async () => {
    const { body } = await maya.ask<{ items: Deployment[] }>(
      'GET',
      `/api/delivery/deployments?entityRef=${entityRef}`,
    );
    const found = body.items.find(each => each.sha === sha);
    return (
      found &&
      ['succeeded', 'failed', 'superseded'].includes(found.state) &&
      found
    );
  });
}

async function create(person: Person, values: object): Promise<string> {
  const { body } = await person.ask<{ id: string }>(
    'POST',
    '/api/scaffolder/v2/tasks',
    { templateRef: 'template:default/node-service', values },
  );
  return until(async () => {
    const task = await person.ask<Task>(
      'GET',
      `/api/scaffolder/v2/tasks/${body.id}`,
    );
    const { status } = task.body;
    return ['completed', 'failed', 'cancelled'].includes(status) && status;
  });
}

async function versionAt(url: string): Promise<string> {
  const answer: { version: string } = await (await fetch(url)).json();
  return answer.version;
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'ghostlight-delivery-'));
});

after(() => rmSync(folder, { recursive: true, force: true }));

describe(
  'a service from the template to its removal',
  { timeout: 300_000 },
  () => {
    let url: string;

    test('is created, in the catalog, and answers', async () => {
      const values = {
        name,
        owner: 'group:default/team-checkout',
        replicas: 2,
      };
      assert.equal(await create(maya, values), 'completed');
      const { body } = await maya.ask<{ items: Deployment[] }>(
        'GET',
        `/api/delivery/deployments?entityRef=${entityRef}`,
      );
      const [{ sha }] = body.items;
      assert.equal(body.items.filter(each => each.sha === sha).length, 1);
      assert.equal(body.items[0].origin, 'template');
      url = body.items[0].url ?? '';
      assert.equal(await versionAt(url), '0.1.0');
      assert.equal(await create(maya, values), 'failed', 'the name is taken');
    });

    test('shows what is pushed', async () => {
      await cloneAs(maya);
      const sha = push('package.json', '"0.1.0"', '"0.2.0"');
      const { state, by, origin } = await deploymentOf(sha);
      assert.deepEqual(
        { state, by, origin },
        {
          state: 'succeeded',
          by: 'user:default/maya',
          origin: 'push',
        },
      );
      assert.equal(await versionAt(url), '0.2.0');
    });

    test('keeps running when a commit never becomes ready, and says why that failed', async () => {
      const sha = push('ghostlight.yaml', 'src/main.ts', 'src/missing.ts');
      const { state, reason } = await deploymentOf(sha);
      assert.equal(state, 'failed');
      assert.match(reason ?? '', /parcels in local: .*not ready/);
      assert.equal(await versionAt(url), '0.2.0');
    });

    test('fails a malformed manifest naming file and line, before anything is built', async () => {
      push('ghostlight.yaml', 'src/missing.ts', 'src/main.ts');
      const sha = push('k8s/service.yaml', 'kind: Service', 'kind: CronJob');
      const { reason } = await deploymentOf(sha);
      assert.match(
        reason ?? '',
        /^k8s\/service\.yaml:2: CronJob \(v1\) is not/,
      );
    });

    test('stays in the catalog when catalog-info.yaml breaks, which is shown', async () => {
      const sha = push('k8s/service.yaml', 'kind: CronJob', 'kind: Service');
      assert.equal((await deploymentOf(sha)).state, 'succeeded');
      push('catalog-info.yaml', 'spec:', 'spec: [');
      const message = await until(async () => {
        const { body } = await maya.ask<{
          status?: { items?: { message: string }[] };
        }>('GET', `/api/catalog/entities/by-name/component/default/${name}`);
        return body.status?.items?.[0]?.message;
      });
      assert.match(message, /catalog-info\.yaml:\d+: /);
      const mended = push('catalog-info.yaml', 'spec: [', 'spec:');
      assert.equal((await deploymentOf(mended)).state, 'succeeded');
    });

    test('is not for others to push to, deploy or remove', async () => {
      const request = { repository: name, environment };
      const deploy = await elias.ask(
        'POST',
        '/api/delivery/deployments',
        request,
      );
      assert.equal(deploy.status, 403);
      const workloads = `/api/delivery/workloads?entityRef=${entityRef}`;
      assert.equal((await elias.ask('DELETE', workloads)).status, 403);
      await cloneAs(elias);
      assert.throws(() => push('package.json', '"0.2.0"', '"6.6.6"'));
      assert.equal(await versionAt(url), '0.2.0');
    });

    test('goes with what runs of it', async () => {
      const workloads = `/api/delivery/workloads?entityRef=${entityRef}`;
      const preview = await maya.ask<{
        environments: { objects: { kind: string }[] }[];
      }>('DELETE', `${workloads}&dryRun=true`);
      assert.deepEqual(
        preview.body.environments[0].objects.map(each => each.kind),
        ['Deployment', 'Service'],
      );
      assert.equal(await versionAt(url), '0.2.0');
      assert.equal((await maya.ask('DELETE', workloads)).status, 200);
      await until(async () => {
        const gone = await maya.ask<{ environments: { objects: object[] }[] }>(
          'DELETE',
          `${workloads}&dryRun=true`,
        );
        return gone.body.environments[0].objects.length === 0;
      });
      const { status } = await maya.ask(
        'DELETE',
        `/api/forge/repositories/${name}`,
      );
      assert.equal(status, 200);
      await until(async () => {
        const entity = await maya.ask(
          'GET',
          `/api/catalog/entities/by-name/component/default/${name}`,
        );
        return entity.status === 404;
      });
      await assert.rejects(fetch(url));
    });
  },
);
