import type { ForgeClient } from '@ghostlight/plugin-forge-common';

const MAX_DEPTH = 4;
const MAX_DOCUMENTS = 200;

/** The documents of a repository: its README and the Markdown files below `docs/`, as paths, the way in first. */
export async function listDocuments(
  forge: Pick<ForgeClient, 'getTree'>,
  repository: string,
  options: { signal?: AbortSignal },
): Promise<{ paths: string[]; truncated: boolean }> {
  const top = await forge.getTree(repository, {}, options);
  const found = top.entries
    .filter(({ name, type }) => type === 'file' && /^readme\.md$/i.test(name))
    .map(({ path }) => path);
  const folders = top.entries
    .filter(({ name, type }) => type === 'folder' && name === 'docs')
    .map(({ path }) => ({ path, depth: 1 }));
  let truncated = false;
  for (let at = 0; at < folders.length && !truncated; at += 1) {
    const { path: folder, depth } = folders[at];
    const { entries } = await forge.getTree(
      repository,
      { path: folder },
      options,
    );
    for (const { path, name, type } of entries) {
      if (type === 'file' && /\.md$/i.test(name)) {
        found.push(path);
      } else if (type === 'folder' && depth < MAX_DEPTH) {
        folders.push({ path, depth: depth + 1 });
      }
    }
    truncated = found.length > MAX_DOCUMENTS;
  }
  return { paths: found.slice(0, MAX_DOCUMENTS), truncated };
}

/** What a document is called before it is read: `docs/on-call.md` is "On call". */
export function nameOfDocument(path: string): string {
  if (/^readme\.md$/i.test(path)) {
    return 'Readme';
  }
  const words = path
    .replace(/^docs\//, '')
    .replace(/\.md$/i, '')
    .replace(/[-_]+/g, ' ')
    .replace(/(^|\/)index$/, '$1overview')
    .replace(/\//g, ' / ');
  return words.charAt(0).toLocaleUpperCase('en-US') + words.slice(1);
}
