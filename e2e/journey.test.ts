import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { call } from './api.ts';
import { dataFolder, launch, openAs, picture, portalUrl } from './browser.ts';

const run = promisify(execFile);
const name = 'greeter';
const minute = 60_000;
let browser: Browser;
let folder: string;

before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), 'ghostlight-journey-'));
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

const gitEnv = {
  ...process.env,
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};
const git = (cwd: string, ...args: string[]) =>
  run('git', args, { cwd, env: gitEnv });

async function cloneUrlFor(person: string): Promise<string> {
  const { body } = await call<{ token: string; username: string }>(
    person,
    '/api/forge/tokens',
    { method: 'POST', body: { description: 'journey' } },
  );
  const url = new URL(`${portalUrl}/api/forge/git/${name}.git`);
  url.username = body.username;
  url.password = body.token;
  return url.href;
}

test('the wizard says that a name is taken while it is typed', async () => {
  const page = await openAs(
    browser,
    'Maya',
    '/create/templates/default/node-service',
  );
  await page.getByRole('textbox', { name: 'Name' }).fill('orders');
  await page
    .getByText(/already has a .* orders/)
    .first()
    .waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Not A Name');
  await page
    .getByText(/lower case/i)
    .first()
    .waitFor();
  await page.context().close();
});

test('a service is created in the wizard, and its health is live a minute later', async () => {
  const page = await openAs(
    browser,
    'Maya',
    '/create/templates/default/node-service',
  );
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page
    .getByRole('textbox', { name: 'Description' })
    .fill('Greets: "people" & others, $(even) # those');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByText(name, { exact: true }).first().waitFor();
  await picture(page, 'create-review');
  await page.getByRole('button', { name: 'Create' }).last().click();
  await page
    .getByText('Open in the catalog')
    .first()
    .waitFor({ timeout: 2 * minute });
  await picture(page, 'create-done');

  await page.goto(`${portalUrl}/catalog/default/component/${name}/health`);
  await page
    .getByText(/2 of 2 replicas ready/)
    .first()
    .waitFor({ timeout: minute });
  await picture(page, 'created-health');
  await page.context().close();
});

test('a change that is pushed arrives on the Health tab without a reload', async () => {
  const page = await openAs(
    browser,
    'Maya',
    `/catalog/default/component/${name}/health`,
  );
  await page
    .getByText(/2 of 2 replicas ready/)
    .first()
    .waitFor();

  const work = join(folder, 'work');
  await git(folder, 'clone', '-q', await cloneUrlFor('maya'), work);
  const readme = join(work, 'README.md');
  writeFileSync(readme, `${readFileSync(readme, 'utf8')}\nOne line more.\n`);
  await git(
    work,
    ...['-c', 'user.name=Maya Lindqvist', '-c', 'user.email=maya@example.com'],
    ...['commit', '-qam', 'Say one line more'],
  );
  await git(work, 'push', '-q', 'origin', 'main');
  const { stdout } = await git(work, 'rev-parse', '--short=7', 'HEAD');

  await page
    .getByText(new RegExp(`Last deploy .*${stdout.trim()}`))
    .first()
    .waitFor({ timeout: 2 * minute });
  await page
    .getByText('Say one line more')
    .filter({ visible: true })
    .first()
    .waitFor();
  await picture(page, 'pushed-health');
  await page.context().close();
});

test('a push by somebody of another team is refused in words', async () => {
  const work = join(folder, 'foreign');
  await git(folder, 'clone', '-q', await cloneUrlFor('elias'), work);
  await git(
    work,
    ...['-c', 'user.name=Elias', '-c', 'user.email=elias@example.com'],
    ...['commit', '-q', '--allow-empty', '-m', 'Not mine'],
  );
  await assert.rejects(
    git(work, 'push', '-q', 'origin', 'main'),
    (error: { stderr: string }) =>
      /belongs to group:default\/team-checkout/.test(error.stderr),
  );
  const { body } = await call<{ items: { message: string }[] }>(
    'maya',
    `/api/forge/repositories/${name}/commits?branch=main`,
  );
  assert.ok(!JSON.stringify(body).includes('Not mine'));
});

test('somebody of another team may look but not deploy or remove', async () => {
  const page = await openAs(
    browser,
    'Elias',
    `/catalog/default/component/${name}/health`,
  );
  await page
    .getByText(/2 of 2 replicas ready/)
    .first()
    .waitFor();
  const deploy = await call('elias', '/api/delivery/deployments', {
    method: 'POST',
    body: { repository: name, environment: 'local' },
  });
  assert.equal(deploy.status, 403);
  const remove = await call(
    'elias',
    `/api/delivery/workloads?entityRef=component:default/${name}&environment=local`,
    { method: 'DELETE' },
  );
  assert.equal(remove.status, 403);
  await page.context().close();
});

test('a component is removed with what runs of it', async () => {
  const page = await openAs(
    browser,
    'Maya',
    `/catalog/default/component/${name}`,
  );
  await page.getByRole('button', { name: 'more' }).first().click();
  await page.getByRole('menuitem', { name: /Remove component/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByText(new RegExp(`Deployment.*${name}|${name}`))
    .first()
    .waitFor();
  await picture(page, 'remove');
  await dialog.getByRole('textbox').fill(name);
  await dialog.getByRole('button', { name: /Remove/ }).click();
  await dialog.waitFor({ state: 'detached', timeout: minute });
  for (;;) {
    const { status } = await call(
      'maya',
      `/api/catalog/entities/by-name/component/default/${name}`,
    );
    if (status === 404) break;
  }
  const cluster = join(dataFolder, 'cluster');
  const [, server] =
    /server: https:\/\/(\S+)/.exec(
      readFileSync(join(cluster, 'kubeconfig'), 'utf8'),
    ) ?? [];
  const left = await fetch(
    `http://${server}/apis/apps/v1/namespaces/default/deployments/${name}`,
    {
      headers: {
        authorization: `Bearer ${readFileSync(
          join(cluster, 'token'),
          'utf8',
        ).trim()}`,
      },
    },
  );
  assert.equal(left.status, 404, 'its Deployment is gone from the cluster');
  await page.context().close();
});
