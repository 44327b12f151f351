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
    await page.getByText('listening').first().waitFor();
    await page.screenshot(keep('health'));

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
