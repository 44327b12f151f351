import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { git } from './storefront-git.ts';
import { commitTime, readPeople, storefrontFolder } from './storefront.ts';
import type {
  Person,
  StorefrontCommit,
  StorefrontService,
} from './storefront.ts';

/**
 * Makes the repository of a service, bare, with its branches `main` and, if it has one, `next`.
 *
 * @remarks
 * The files of the good version are those in the tree. What led there is found backwards: each commit of `main` is taken out of the
 * one after it, its patch reversed and what it added removed; what is left in the end is the first commit. `next` goes forwards from
 * the good version. The same tree and the same `firstStart` make the same commits.
 */
export async function buildRepository(
  service: StorefrontService,
  into: string,
  firstStart: Date,
): Promise<void> {
  mkdirSync(into, { recursive: true });
  await git(['init', '--quiet', '--bare', '--initial-branch=main'], {
    cwd: into,
  });
  const files = join(service.folder, 'files');
  const run: Run = (args, workTree = files) =>
    git([...keepContent, ...args], {
      cwd: workTree,
      env: { GIT_DIR: into, GIT_WORK_TREE: workTree },
    });
  const main = await treesOfMain(service, run);
  const next = await treesOfNext(service, main.at(-1) ?? '', run);
  await git(['fast-import', '--quiet', '--done'], {
    cwd: into,
    input: commitStream(service, { main, next }, firstStart),
  });
}

/** Files become the same objects wherever they are checked out. */
const keepContent = ['-c', 'core.autocrlf=false', '-c', 'core.fileMode=false'];

type Run = (args: string[], workTree?: string) => Promise<string>;

async function treesOfMain(
  { name, folder, main }: StorefrontService,
  run: Run,
): Promise<string[]> {
  const chassis = join(storefrontFolder, 'chassis');
  await run(['add', '--force', '.'], chassis);
  await run(['add', '--force', '--no-all', '.']);
  const trees = [await run(['write-tree'])];
  for (const commit of main.slice(1).reverse()) {
    await inWords(name, commit, async () => {
      if (commit.changes)
        await run(['apply', '--cached', '-R', join(folder, commit.changes)]);
      if (commit.adds.length > 0)
        await run(['update-index', '--force-remove', '--', ...commit.adds]);
    });
    trees.unshift(await run(['write-tree']));
  }
  return trees;
}

async function treesOfNext(
  { name, folder, next }: StorefrontService,
  good: string,
  run: Run,
): Promise<string[]> {
  const trees: string[] = [];
  await run(['read-tree', good]);
  for (const commit of next) {
    await inWords(name, commit, async () => {
      if (commit.changes)
        await run(['apply', '--cached', join(folder, commit.changes)]);
    });
    trees.push(await run(['write-tree']));
  }
  return trees;
}

/** Who edits files/ hears here which patch has to follow. */
async function inWords(
  service: string,
  { message, changes }: StorefrontCommit,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const [subject] = message.split('\n');
    throw new Error(
      `${service}: the commit "${subject}" (${
        changes ?? 'history.yaml'
      }) does not fit the files of the good version any more`,
      { cause: error },
    );
  }
}

/** All commits in the language of git-fast-import(1). */
function commitStream(
  service: StorefrontService,
  trees: { main: string[]; next: string[] },
  firstStart: Date,
): string {
  const people = readPeople();
  const write = (
    branch: string,
    commits: StorefrontCommit[],
    ofBranch: string[],
    from?: string,
  ) =>
    commits.map((commit, i) => {
      const who = signature(
        people.get(commit.by),
        commitTime(commit, firstStart),
      );
      const text = `${commit.message.trim()}\n`;
      return [
        `commit refs/heads/${branch}`,
        `author ${who}`,
        `committer ${who}`,
        `data ${Buffer.byteLength(text)}`,
        text + (i === 0 && from ? `from ${from}` : ''),
        `M 040000 ${ofBranch[i]} ""`,
        '',
      ].join('\n');
    });
  return [
    ...write('main', service.main, trees.main),
    ...write('next', service.next, trees.next, 'refs/heads/main'),
    'done\n',
  ].join('\n');
}

function signature(person: Person | undefined, at: Date): string {
  if (!person) throw new Error('a commit is by nobody of people.yaml');
  const seconds = Math.floor(at.getTime() / 1000);
  return `${person.name} <${person.email}> ${seconds} +0000`;
}
