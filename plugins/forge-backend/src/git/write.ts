import { randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import { Git, GitError } from './Git';
import { objectTypes } from './revisions';

const NO_OBJECT = '0'.repeat(40);

export interface Author {
  name: string;
  email: string;
  at: Date;
}

export interface FileWrite {
  path: string;
  /** `undefined` deletes the file. */
  content: Buffer | undefined;
  mode: '100644' | '100755';
}

export interface CommitOptions {
  branch: string;
  /** Head of the branch; `undefined` makes a first commit. */
  parent: string | undefined;
  message: string;
  author: Author;
  files: FileWrite[];
}

const plain = (text: string) => text.replace(/[<>\r\n\0]/g, '').trim();

function signature({ name, email, at }: Author): string {
  return `${plain(name) || 'unknown'} <${plain(email)}> ${Math.floor(
    at.getTime() / 1000,
  )} +0000`;
}

function dataBlock(content: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`data ${content.length}\n`),
    content,
    Buffer.from('\n'),
  ]);
}

/** Paths were validated: no control characters, no backslash. */
const quotePath = (path: string) => `"${path.replace(/"/g, '\\"')}"`;

/**
 * Writes one commit and moves the branch to it. The branch moves only if it still is at `parent`, so two writers
 * cannot lose each other's work: the later gets a ConflictError.
 *
 * @returns sha of the commit; of the parent when the files were there already
 */
export async function writeCommit(
  git: Git,
  directory: string,
  options: CommitOptions,
): Promise<string> {
  const { parent, branch } = options;
  const scratch = `refs/ghostlight/commits/${randomUUID()}`;
  const who = signature(options.author);
  const stream = [
    Buffer.from(
      `commit ${scratch}\nmark :1\nauthor ${who}\ncommitter ${who}\n`,
    ),
    dataBlock(Buffer.from(options.message)),
    Buffer.from(parent ? `from ${parent}\n` : ''),
    ...options.files.flatMap(({ path, content, mode }) =>
      content
        ? [
            Buffer.from(`M ${mode} inline ${quotePath(path)}\n`),
            dataBlock(content),
          ]
        : [Buffer.from(`D ${quotePath(path)}\n`)],
    ),
    Buffer.from('\nget-mark :1\ndone\n'),
  ];
  const sha = await git.text(directory, ['fast-import', '--quiet', '--done'], {
    input: Buffer.concat(stream),
  });
  const [before, after] = await objectTypes(git, directory, [
    `${parent ?? NO_OBJECT}^{tree}`,
    `${sha}^{tree}`,
  ]);
  const unchanged = before !== undefined && before.sha === after?.sha;
  try {
    if (!unchanged) await moveBranch(git, directory, branch, parent, sha);
  } finally {
    await git.run(directory, ['update-ref', '-d', scratch]);
  }
  return unchanged && parent ? parent : sha;
}

/** Moves or makes a branch if it still is at `before` (`undefined`: does not exist). */
export async function moveBranch(
  git: Git,
  directory: string,
  branch: string,
  before: string | undefined,
  after: string,
): Promise<void> {
  try {
    await git.run(directory, ['update-ref', '--stdin'], {
      input: `update refs/heads/${branch} ${after} ${before ?? NO_OBJECT}\n`,
    });
  } catch (error) {
    if (
      error instanceof GitError &&
      /cannot lock ref|unable to (create|resolve)/i.test(error.stderr)
    ) {
      throw new ConflictError(
        `Branch '${branch}' is not at ${
          before ?? 'its beginning'
        } any more or is being written; read it again and repeat`,
        error,
      );
    }
    throw error;
  }
}
