// The pictures of docs/, taken from a portal that runs: `bin/start` in one terminal, `yarn docs:pictures` in another.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { launch, openAs, portalUrl } from './browser.ts';

const folder = resolve(import.meta.dirname, '../docs/images');
mkdirSync(folder, { recursive: true });
const keep = (name: string) => ({ path: join(folder, `${name}.png`) });

async function takePictures(): Promise<void> {
  const browser = await launch();
  try {
    const visitor = await browser.newPage({
      viewport: { width: 1100, height: 720 },
    });
    await visitor.goto(portalUrl);
    await visitor.getByRole('button', { name: /Maya/ }).waitFor();
    await visitor.screenshot(keep('sign-in'));
    await visitor.close();

    const page = await openAs(browser, 'Maya', '/', {
      viewport: { width: 1280, height: 860 },
    });
    await page.getByText('2 of 2 ready').first().waitFor();
    await page.screenshot(keep('home'));

    await page.goto(`${portalUrl}/catalog/default/component/orders/health`);
    await page.getByRole('slider').first().waitFor();
    await page.getByText('request').first().waitFor();
    await page.setViewportSize({ width: 1280, height: 1500 });
    await page.screenshot(keep('health'));
    await page.setViewportSize({ width: 1280, height: 860 });

    await page.goto(
      `${portalUrl}/catalog/default/system/storefront/health-map`,
    );
    await page.getByRole('link', { name: /^orders: / }).waitFor();
    await page.screenshot(keep('map'));

    await page.goto(`${portalUrl}/catalog/default/component/orders/delivery`);
    await page
      .getByText(/Deployed: /)
      .first()
      .waitFor();
    await page.screenshot(keep('delivery'));

    await page.goto(
      `${portalUrl}/catalog/default/component/orders/documentation`,
    );
    await page.getByText('From what is in the cart').waitFor();
    await page.screenshot(keep('docs'));

    await page.goto(`${portalUrl}/search?query=payments`);
    await page.getByText('Repository').first().waitFor();
    await page.screenshot(keep('search'));

    await page.goto(`${portalUrl}/import`);
    await page.getByText('A repository here').click();
    await page
      .getByRole('button', { name: /Repository/ })
      .first()
      .click();
    await page.getByRole('option', { name: 'orders' }).click();
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByText('is in the catalog already').waitFor();
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
        - name: ledger
          image: ledger
          env: [{name: ORDERS_URL, value: 'http://orders'}]
`,
    );
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByText('component:default/orders').first().waitFor();
    await page.setViewportSize({ width: 1280, height: 1400 });
    await page.screenshot(keep('import'));
    await page.setViewportSize({ width: 1280, height: 860 });

    await page.goto(`${portalUrl}/create/templates/default/node-service`);
    await page.getByRole('textbox', { name: 'Name' }).fill('greeter');
    await page.getByText('greeter is free.').waitFor();
    await page.screenshot(keep('create'));

    await page.goto(`${portalUrl}/forge/orders`);
    await page.getByText('catalog-info.yaml').first().waitFor();
    await page.screenshot(keep('repository'));

    await page.goto(`${portalUrl}/catalog`);
    await page.getByText('2 of 2').first().waitFor();
    await page.screenshot(keep('catalog'));
  } finally {
    await browser.close();
  }
}

void takePictures();
