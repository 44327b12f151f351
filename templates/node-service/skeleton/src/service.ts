import { readFileSync } from 'node:fs';

const manifest: { name: string; version: string } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

/** Who we are, from package.json. */
export const service = { name: manifest.name, version: manifest.version };
