import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Address of the portal under test; `bin/test --only browser` sets it. */
export const portalUrl = process.env.GHOSTLIGHT_URL ?? 'http://localhost:7007';

/** Where the data folder of the portal under test is. */
export const dataFolder = process.env.GHOSTLIGHT_DATA ?? '.data';

const screenshots = process.env.GHOSTLIGHT_SCREENSHOTS;

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export type Theme = 'light' | 'dark';

/** Opens the portal signed in as one of the example people. */
export async function openAs(
  browser: Browser,
  person: string,
  path: string,
  options: BrowserContextOptions & { theme?: Theme; portal?: string } = {},
): Promise<Page> {
  const { theme = 'light', portal = portalUrl, ...contextOptions } = options;
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    reducedMotion: 'reduce',
    colorScheme: theme,
    ...contextOptions,
  });
  const page = await context.newPage();
  await page.goto(portal);
  const choice = page
    .getByRole('button', { name: new RegExp(person, 'i') })
    .first();
  await choice.click();
  await page
    .getByRole('link', { name: 'Catalog' })
    .first()
    .waitFor({ state: 'attached' });
  if (path !== '/') await page.goto(`${portal}${path}`);
  return page;
}

/** Keeps a picture of the page when a folder for them is given. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!screenshots) return;
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

interface AxeViolation {
  id: string;
  impact: string | undefined;
  help: string;
  nodes: { target: string[]; html: string }[];
}

const axe = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** What axe finds serious or critical on the page by WCAG A and AA, in words. */
export async function seriousProblems(page: Page): Promise<string[]> {
  await page.evaluate(`{ const module = undefined; ${axe} }`);
  const violations: AxeViolation[] = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then(r => r.violations.map(v => ({ id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.map(n => ({ target: n.target.map(String), html: n.html })) })))`,
  );
  return violations
    .filter(
      violation =>
        violation.impact === 'serious' || violation.impact === 'critical',
    )
    .map(
      violation =>
        `${violation.id} (${violation.help}): ${violation.nodes
          .slice(0, 3)
          .map(node => `${node.target.join(' ')}  ${node.html.slice(0, 160)}`)
          .join(' | ')}`,
    );
}

/** True when the page can be scrolled sideways, which no screen may be. */
export function overflowsSideways(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      document.documentElement.scrollWidth >
      document.documentElement.clientWidth + 1,
  );
}
