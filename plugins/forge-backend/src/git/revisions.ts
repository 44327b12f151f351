import { InputError, NotFoundError } from '@backstage/errors';
import { Git } from './Git';
import { isBranchName } from './names';

/**
 * Sha of the commit that a branch, tag or sha names; `undefined` when nothing is called so.
 *
 * Names go through standard input as full refs, so nothing in them is read as an option or as revision syntax.
 */
export async function findCommit(
  git: Git,
  directory: string,
  revision: string,
): Promise<string | undefined> {
  if (!isBranchName(revision)) {
    throw new InputError(`'${revision}' is no name of a branch, tag or commit`);
  }
  const candidates = [`refs/heads/${revision}`, `refs/tags/${revision}`];
  if (/^[0-9a-f]{7,40}$/.test(revision)) candidates.push(revision);
  const found = await objectTypes(
    git,
    directory,
    candidates.map(name => `${name}^{commit}`),
  );
  return found.find(object => object?.type === 'commit')?.sha;
}

export async function getCommitSha(
  git: Git,
  directory: string,
  revision: string,
): Promise<string> {
  const sha = await findCommit(git, directory, revision);
  if (!sha) {
    throw new NotFoundError(
      `There is no branch, tag or commit '${revision}' in this repository`,
    );
  }
  return sha;
}

/** Sha and type of each named object, in order; names have no line breaks. */
export async function objectTypes(
  git: Git,
  directory: string,
  names: string[],
): Promise<({ sha: string; type: string } | undefined)[]> {
  const lines = await git.text(
    directory,
    ['cat-file', '--batch-check=%(objectname) %(objecttype)'],
    { input: `${names.join('\n')}\n` },
  );
  return lines.split('\n').map(line => {
    const [sha, type] = line.split(' ');
    return /^[0-9a-f]{40}$/.test(sha) ? { sha, type } : undefined;
  });
}

/** Heads of all branches by name. */
export async function readHeads(
  git: Git,
  directory: string,
): Promise<Map<string, string>> {
  const text = await git.text(directory, [
    'for-each-ref',
    '--format=%(objectname) %(refname:lstrip=2)',
    'refs/heads/',
  ]);
  return new Map(
    text
      .split('\n')
      .filter(Boolean)
      .map(line => [line.slice(41), line.slice(0, 40)]),
  );
}
