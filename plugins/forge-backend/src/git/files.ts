import { isUtf8 } from 'node:buffer';
import { NotFoundError } from '@backstage/errors';
import { Git } from './Git';

const MAX_FILE_BYTES = 1024 * 1024;
const MAX_ENTRIES = 5000;

export interface GitTreeEntry {
  name: string;
  path: string;
  type: 'file' | 'folder' | 'symlink' | 'submodule';
  mode: string;
  size?: number;
}

interface Listed extends GitTreeEntry {
  object: string;
}

function typeOf(mode: string, kind: string): GitTreeEntry['type'] {
  if (kind === 'tree') return 'folder';
  if (kind === 'commit') return 'submodule';
  return mode === '120000' ? 'symlink' : 'file';
}

function parseEntries(text: string): Listed[] {
  return text
    .split('\0')
    .filter(Boolean)
    .map(entry => {
      const tab = entry.indexOf('\t');
      const [mode, kind, object, size] = entry.slice(0, tab).split(/ +/);
      const path = entry.slice(tab + 1);
      return {
        name: path.slice(path.lastIndexOf('/') + 1),
        path,
        type: typeOf(mode, kind),
        mode,
        object,
        ...(size !== '-' && { size: Number(size) }),
      };
    });
}

async function list(
  git: Git,
  directory: string,
  sha: string,
  path: string,
): Promise<Listed[]> {
  const { stdout } = await git.run(directory, [
    'ls-tree',
    '-z',
    '--long',
    '--full-tree',
    sha,
    ...(path ? ['--', path] : []),
  ]);
  return parseEntries(stdout.toString());
}

/** What is in a folder, folders first. */
export async function readTree(
  git: Git,
  directory: string,
  sha: string,
  path: string,
): Promise<{ entries: GitTreeEntry[]; truncated: boolean }> {
  if (path) {
    const [folder] = await list(git, directory, sha, path);
    if (folder?.type !== 'folder') {
      throw new NotFoundError(`There is no folder '${path}' at ${sha}`);
    }
  }
  const listed = await list(git, directory, sha, path && `${path}/`);
  const entries = listed
    .map(({ object: _, ...entry }) => entry)
    .sort(
      (a, b) =>
        Number(b.type === 'folder') - Number(a.type === 'folder') ||
        a.name.localeCompare(b.name),
    );
  return {
    entries: entries.slice(0, MAX_ENTRIES),
    truncated: entries.length > MAX_ENTRIES,
  };
}

export interface GitFile {
  mode: string;
  size: number;
  binary: boolean;
  encoding?: 'utf8' | 'base64';
  content?: string;
}

/** As git does: a NUL in the first 8,000 bytes; and what is no UTF-8 cannot be shown as text either. */
function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8000).includes(0) || !isUtf8(content);
}

export async function readFile(
  git: Git,
  directory: string,
  sha: string,
  path: string,
): Promise<GitFile> {
  const [file] = await list(git, directory, sha, path);
  if (!file || (file.type !== 'file' && file.type !== 'symlink')) {
    throw new NotFoundError(`There is no file '${path}' at ${sha}`);
  }
  const { stdout, truncated } = await git.run(
    directory,
    ['cat-file', 'blob', file.object],
    { maxBytes: MAX_FILE_BYTES },
  );
  const described = { mode: file.mode, size: file.size ?? stdout.length };
  if (truncated) {
    return {
      ...described,
      binary: stdout.subarray(0, 8000).includes(0),
    };
  }
  const binary = isBinary(stdout);
  const encoding = binary ? 'base64' : 'utf8';
  return { ...described, binary, encoding, content: stdout.toString(encoding) };
}
