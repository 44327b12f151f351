import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import {
  launch,
  openAs,
  overflowsSideways,
  picture,
  portalUrl,
  seriousProblems,
} from './browser.ts';
import type { Theme } from './browser.ts';

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Each screen with a text that tells that its facts have arrived. */
const screens: {
  name: string;
  path: string;
  shows: RegExp;
  /** Rules that Backstage's own parts of the screen break, which we can't mend from outside. */
  upstream?: string[];
}[] = [
  { name: 'home', path: '/', shows: /Good (morning|afternoon|evening)/ },
  {
    name: 'catalog',
    path: '/catalog',
    shows: /orders/,
    upstream: ['nested-interactive'], // sortable table headers
  },
  {
    name: 'overview',
    path: '/catalog/default/component/orders',
    shows: /replicas ready/,
  },
  {
    name: 'health',
    path: '/catalog/default/component/orders/health',
    shows: /2 of 2 replicas ready/,
  },
  {
    name: 'delivery',
    path: '/catalog/default/component/orders/delivery',
    shows: /Deployed: [0-9a-f]{7} in local/,
  },
  {
    name: 'docs',
    path: '/catalog/default/component/orders/documentation',
    shows: /From what is in the cart/,
  },
  {
    name: 'system-map',
    path: '/catalog/default/system/storefront/health-map',
    shows: /components/,
  },
  { name: 'import', path: '/import', shows: /What do you have/ },
  {
    name: 'create',
    path: '/create',
    shows: /Node service/,
    // header tabs; the template card's icon link and button
    upstream: ['aria-valid-attr-value', 'link-name', 'nested-interactive'],
  },
  {
    name: 'wizard',
    path: '/create/templates/default/node-service',
    shows: /What it is/,
    upstream: ['aria-valid-attr-value'], // header tabs
  },
  { name: 'repositories', path: '/forge', shows: /orders/ },
  { name: 'repository', path: '/forge/orders', shows: /catalog-info.yaml/ },
  {
    name: 'search',
    path: '/search',
    shows: /Search/,
    upstream: ['listitem'], // results are <li> in a <div>
  },
];

const looks: { theme: Theme; width: number }[] = [
  { theme: 'light', width: 1280 },
  { theme: 'dark', width: 1280 },
  { theme: 'light', width: 360 },
  { theme: 'dark', width: 360 },
];

for (const look of looks) {
  test(`every screen in ${look.theme} at ${look.width} px: facts arrive, axe finds nothing serious, nothing scrolls sideways`, async t => {
    const page = await openAs(browser, 'Maya', '/', {
      theme: look.theme,
      viewport: { width: look.width, height: 860 },
    });
    for (const screen of screens) {
      await t.test(screen.name, async () => {
        await page.goto(`${portalUrl}${screen.path}`);
        await page
          .getByText(screen.shows)
          .filter({ visible: true })
          .first()
          .waitFor();
        await picture(page, `${screen.name}-${look.theme}-${look.width}`);
        const problems = await seriousProblems(page);
        assert.deepEqual(
          problems.filter(
            problem =>
              !screen.upstream?.some(rule => problem.startsWith(`${rule} `)),
          ),
          [],
        );
        assert.equal(await overflowsSideways(page), false, 'scrolls sideways');
      });
    }
    await page.context().close();
  });
}

test('nobody is signed in: the sign-in page offers the example people and nothing else', async () => {
  for (const theme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ colorScheme: theme });
    await page.goto(`${portalUrl}/catalog`);
    await page.getByText('Choose who you are').waitFor();
    for (const person of ['Maya', 'Noor', 'Elias', 'Ines', 'Sam']) {
      await page.getByRole('button', { name: new RegExp(person) }).waitFor();
    }
    await picture(page, `sign-in-${theme}`);
    assert.deepEqual(await seriousProblems(page), []);
    await page.close();
  }
});

test('signed out, the API answers 401', async () => {
  for (const path of [
    '/api/catalog/entities',
    '/api/health/entities/component/default/orders',
    '/api/forge/repositories',
    '/api/delivery/deployments',
  ]) {
    assert.equal((await fetch(`${portalUrl}${path}`)).status, 401, path);
  }
});

test('a component without annotations is told how to add them', async () => {
  const page = await openAs(
    browser,
    'Sam',
    '/catalog/default/component/ghostlight/health',
  );
  await page.getByText('backstage.io/kubernetes-id').first().waitFor();
  await picture(page, 'health-not-annotated');
  assert.deepEqual(await seriousProblems(page), []);
  await page.context().close();
});

test('by keyboard alone: from the catalog to live health', async () => {
  const page = await openAs(browser, 'Maya', '/catalog');
  const link = page.getByRole('link', { name: 'orders', exact: true }).first();
  await link.waitFor();
  await link.focus();
  await page.keyboard.press('Enter');
  const tab = page.getByRole('link', { name: 'Health', exact: true });
  await tab.waitFor();
  await tab.focus();
  await page.keyboard.press('Enter');
  await page
    .getByText(/2 of 2 replicas ready/)
    .first()
    .waitFor();
  await page.context().close();
});
