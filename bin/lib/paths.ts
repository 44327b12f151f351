import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The yarn that the repository carries. */
export const yarn = join(root, '.yarn/releases/yarn-4.13.0.cjs');
