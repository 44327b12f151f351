/**
 * What may be named to git. Everything here is decided before a process starts; git's own checks come after.
 */

export const BRANCH_RULE =
  'A branch name has letters, digits, ".", "_", "-" and "/", starts and ends with a letter or digit, and has no ".." and no part that ends in ".lock"';

export const PATH_RULE =
  'A path is relative, uses "/", and has no empty, "." or ".." part, no ".git" part and no control characters';

/** Stricter than `git check-ref-format`: nothing that a shell, a URL or git's revision syntax reads specially. */
export function isBranchName(name: string): boolean {
  return (
    /^[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?$/.test(name) &&
    !name.includes('..') &&
    name
      .split('/')
      .every(
        part =>
          part !== '' && !part.startsWith('.') && !/\.(lock)?$/i.test(part),
      )
  );
}

export function isFilePath(path: string): boolean {
  return (
    // eslint-disable-next-line no-control-regex
    !/[\u0000-\u001f\u007f\\]/.test(path) &&
    path.split('/').every(part => {
      // HFS+ and NTFS see ".git" in more spellings than one; a checkout there must stay harmless.
      const plain = part.replace(
        /[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g,
        '',
      );
      return (
        part !== '' &&
        part !== '.' &&
        part !== '..' &&
        Buffer.byteLength(part) <= 255 &&
        !/^(\.git|git~\d+)[ .]*(:.*)?$/i.test(plain)
      );
    })
  );
}

export function isSha(value: string): boolean {
  return /^[0-9a-f]{40}$/.test(value);
}

/** Refs a client may push: branches and tags with plain names. */
export function isPushableRef(ref: string): boolean {
  const [, name] = /^refs\/(?:heads|tags)\/(.+)$/.exec(ref) ?? [];
  return name !== undefined && isBranchName(name);
}
