import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkHouse } from './house.ts';
import type { Edges, Import, Room } from './house.ts';
import { root } from './paths.ts';

const importPattern =
  /(?:^|[;\s])(?:import|export)\s(?:[^'";]*?\sfrom\s)?\s*['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g;

/** All imports of a source text with their lines. */
export function importsOf(file: string, text: string): Import[] {
  return [...text.matchAll(importPattern)].map(match => ({
    file,
    line: text.slice(0, match.index + match[0].length).split('\n').length,
    specifier: match[1] ?? match[2],
  }));
}

function readRooms(): Room[] {
  return globSync('{packages,plugins}/*/package.json', { cwd: root })
    .map(file => ({
      folder: file.split('/').slice(0, 2).join('/'),
      name: JSON.parse(readFileSync(join(root, file), 'utf8')).name,
    }))
    .sort((a, b) => b.folder.length - a.folder.length);
}

function readImports(): Import[] {
  return globSync('{packages,plugins}/*/{src,dev}/**/*.{ts,tsx}', {
    cwd: root,
  }).flatMap(file => importsOf(file, readFileSync(join(root, file), 'utf8')));
}

if (process.argv[1] === import.meta.filename) {
  const edgesFile = join(root, 'bin/lib/house-edges.json');
  const edges: Edges = existsSync(edgesFile)
    ? JSON.parse(readFileSync(edgesFile, 'utf8'))
    : {};
  const imports = readImports();
  const breaches = checkHouse(readRooms(), imports, edges);
  for (const breach of breaches)
    console.log(`${breach.file}:${breach.line}  ${breach.message}`);
  console.log(
    breaches.length === 0
      ? `${imports.length} imports keep to the house rules`
      : `${breaches.length} imports break the house rules`,
  );
  process.exit(breaches.length === 0 ? 0 : 1);
}
