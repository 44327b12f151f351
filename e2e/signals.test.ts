import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { call } from './api.ts';
import { launch, openAs, picture, portalUrl } from './browser.ts';

const healthOf = (name: string) => `/catalog/default/component/${name}/health`;
let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Changes ghostlight.yaml of a repository on its default branch, which deploys it too. */
async function writeServiceFile(
  person: string,
  repository: string,
  change: (text: string) => string,
): Promise<void> {
  const path = 'ghostlight.yaml';
  const before = await call<{ content: string }>(
    person,
    `/api/forge/repositories/${repository}/file?path=${path}`,
  );
  const { status } = await call(
    person,
    `/api/forge/repositories/${repository}/commits`,
    {
      method: 'POST',
      body: {
        message: 'Change what we promise',
        files: [{ path, content: change(before.body.content) }],
      },
    },
  );
  assert.equal(status, 201);
}

/** The chart whose title begins so, once it shows numbers. */
async function chart(page: Page, title: string) {
  const figure = page.getByRole('figure', { name: new RegExp(`^${title}`) });
  await figure.getByRole('slider').waitFor({ timeout: 30_000 });
  return figure;
}

test('charts of live traffic: a crosshair by keyboard, another window, a table, a file', async () => {
  const page = await openAs(browser, 'Elias', healthOf('web'));
  const requests = await chart(page, 'Requests');
  const time = requests.getByRole('slider');
  await time.focus();
  await page.keyboard.press('End');
  await page.waitForFunction(
    () =>
      /\d(\.\d+)?\/(s|min)/.test(
        document.activeElement?.getAttribute('aria-valuetext') ?? '',
      ),
    undefined,
    { timeout: 30_000 },
  );
  await page.keyboard.press('ArrowLeft');
  await picture(page, 'health-crosshair');

  await page.getByRole('button', { name: 'Window of time' }).click();
  await page.getByRole('option', { name: 'last 5 min' }).click();
  await chart(page, 'Latency');

  await requests.getByRole('button', { name: /as a table/ }).click();
  await requests.getByRole('table').waitFor();

  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /CSV/ }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\n');
  assert.match(lines[0], /time/i);
  assert.ok(lines.length > 10, `${lines.length} lines`);
  await page.context().close();
});

test('an objective and an alert come with a commit, the alert fires and is acknowledged, a mistake is shown with its line', async () => {
  await writeServiceFile('elias', 'recommendations', text =>
    [
      text.trim(),
      '',
      ...(/^alerts:/m.test(text) ? [] : ['alerts:']),
      '  - name: anybody there',
      '    metric: requests',
      '    above: 0.01/s',
      '    for: 5s',
      '',
    ].join('\n'),
  );
  const page = await openAs(browser, 'Elias', healthOf('recommendations'));
  const acknowledge = page.getByRole('button', {
    name: 'Acknowledge anybody there',
  });
  await acknowledge.waitFor({ timeout: 120_000 });
  await picture(page, 'health-alert');
  await acknowledge.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /Note/ }).fill('It is the shop.');
  await dialog.getByRole('button', { name: 'Acknowledge' }).click();
  await page.getByText('It is the shop.').first().waitFor();

  // Somebody who owns nothing here may look, and not acknowledge.
  const { body } = await call<{ items: { id: string }[] }>(
    'maya',
    '/api/health/alerts/query',
    {
      method: 'POST',
      body: { entityRefs: ['component:default/recommendations'] },
    },
  );
  const refused = await call(
    'maya',
    `/api/health/alerts/${body.items[0].id}/acknowledge`,
    { method: 'POST', body: {} },
  );
  assert.equal(refused.status, 403);

  await writeServiceFile('elias', 'recommendations', text =>
    text.replace('above: 0.01/s', 'above: 10 parsecs'),
  );
  await page.goto(`${portalUrl}/catalog/default/component/recommendations`);
  await page
    .getByText(/1 mistake in ghostlight.yaml/)
    .first()
    .waitFor({ timeout: 30_000 });
  await page
    .getByText(/10 parsecs/)
    .first()
    .waitFor();
  await picture(page, 'service-file-mistake');
  await page.context().close();
});

test('the map of a system shows who calls whom, as a map and as a table', async () => {
  const page = await openAs(
    browser,
    'Maya',
    '/catalog/default/system/storefront/health-map',
  );
  await page.getByRole('link', { name: /^orders: / }).waitFor();
  await page
    .getByText(/6 components/)
    .first()
    .waitFor();
  await picture(page, 'system-map');
  await page
    .getByRole('radio', { name: 'Table' })
    .or(page.getByRole('button', { name: 'Table' }))
    .first()
    .click();
  await page.getByRole('table').first().waitFor();
  await page.context().close();
});

test('a commit that waits on a branch is deployed from its page, and the last deploy is compared', async () => {
  const { body } = await call<{ items: { sha: string; message: string }[] }>(
    'noor',
    '/api/forge/repositories/payments/commits?branch=next',
  );
  // The first after the good version, a harmless one.
  const main = await call<{ items: { sha: string }[] }>(
    'noor',
    '/api/forge/repositories/payments/commits',
  );
  const [{ sha: good }] = main.body.items;
  const at = body.items.findIndex(({ sha }) => sha === good);
  const { sha } = body.items[at - 1];
  const page = await openAs(browser, 'Noor', `/forge/payments/commit/${sha}`);
  await page.getByRole('link', { name: 'Deploy this commit' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(`Replaces ${good.slice(0, 7)} in local`).waitFor();
  await dialog.getByRole('button', { name: 'Deploy to local' }).click();
  await page
    .getByText(`Deployed: ${sha.slice(0, 7)} in local.`)
    .waitFor({ timeout: 60_000 });
  await picture(page, 'delivery');

  await page.goto(`${portalUrl}${healthOf('payments')}`);
  await page.getByRole('button', { name: 'Compare deploys' }).click();
  await page.getByRole('dialog').getByText(sha.slice(0, 7)).first().waitFor();
  await picture(page, 'health-comparison');
  await page.context().close();
});

test('search finds a repository and a document, and the document opens on the Docs tab', async () => {
  const page = await openAs(browser, 'Maya', '/search?query=payments');
  // Indexed before the catalog knew the component, a document leads into the repository until it is read again.
  const found = page
    .locator('a[href*="/component/payments/documentation"]')
    .first();
  const until = Date.now() + 200_000;
  const appears = () =>
    found.waitFor({ timeout: 10_000 }).then(
      () => true,
      () => false,
    );
  while (!(await appears()) && Date.now() < until) await page.reload();
  await found.click();
  await page.getByRole('navigation', { name: 'Documents' }).waitFor();
  await picture(page, 'docs');
  await page.context().close();
});

test('a service that runs already is imported from its manifests', async () => {
  const page = await openAs(browser, 'Maya', '/import');
  await page.getByText('Kubernetes manifests').click();
  await page.getByRole('textbox', { name: /Manifests/ }).fill(
    `apiVersion: apps/v1
kind: Deployment
metadata: {name: ledger, labels: {app: ledger}}
spec:
  selector: {matchLabels: {app: ledger}}
  template:
    metadata: {labels: {app: ledger}}
    spec:
      containers:
        - {name: ledger, image: ledger, env: [{name: ORDERS_URL, value: 'http://orders'}]}
`,
  );
  await page.getByRole('button', { name: 'Look at it' }).click();
  await page.getByText('component:default/orders').first().waitFor();
  await picture(page, 'import');
  await page
    .getByRole('button', { name: 'Create the repository ledger' })
    .click();
  await page.getByRole('link', { name: 'Open the repository' }).waitFor();
  for (;;) {
    const { status } = await call(
      'maya',
      '/api/catalog/entities/by-name/component/default/ledger',
    );
    if (status === 200) break;
    await delay(250);
  }
  await page.goto(`${portalUrl}/catalog/default/component/ledger`);
  await page.getByText('Nothing of ledger is deployed').first().waitFor();
  await page.context().close();
});
