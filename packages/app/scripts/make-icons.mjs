// Draws public/favicon.svg at the sizes that want a bitmap. Run it after changing
// the drawing: node packages/app/scripts/make-icons.mjs
import { readFile, stat } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const folder = new URL('../public/', import.meta.url);
const svg = await readFile(new URL('favicon.svg', folder), 'utf8');
const icons = {
  'favicon-32x32.png': 32,
  'icon-180.png': 180,
  'icon-192.png': 192,
  'icon-512.png': 512,
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();
for (const [name, size] of Object.entries(icons)) {
  const { pathname } = new URL(name, folder);
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  await page.screenshot({ path: pathname, omitBackground: true });
  process.stdout.write(`${name}: ${(await stat(pathname)).size} bytes\n`);
}
await browser.close();
