import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { git } from './storefront-git.ts';
import { applyPatch } from './storefront-patch.ts';
import type { Files } from './storefront-patch.ts';
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
  const good = new Map([
    ...readFiles(join(storefrontFolder, 'chassis')),
    ...readFiles(join(service.folder, 'files')),
  ]);
  const input = [
    ...commands(
      'main',
      service.main,
      upTo(service, good),
      new Map(),
      firstStart,
    ),
    ...commands('next', service.next, from(service, good), good, firstStart),
    'done\n',
  ].join('\n');
  mkdirSync(into, { recursive: true });
  await git(['init', '--quiet', '--bare', '--initial-branch=main'], {
    cwd: into,
  });
  await git(['fast-import', '--quiet', '--done'], { cwd: into, input });
}

function readFiles(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => {
      const file = join(entry.parentPath, entry.name);
      return [file.slice(folder.length + 1), readFileSync(file, 'utf8')];
    });
}

/** The files at each commit of `main`, oldest first. */
function upTo(service: StorefrontService, good: Files): Files[] {
  const versions = [good];
  for (const commit of service.main.slice(1).reverse()) {
    const before = new Map(change(service, commit, versions[0], 'backwards'));
    for (const path of commit.adds) {
      if (!before.delete(path)) throw doesNotFit(service, commit);
    }
    versions.unshift(before);
  }
  return versions;
}

/** The files at each commit of `next`, oldest first. */
function from(service: StorefrontService, good: Files): Files[] {
  let files = good;
  return service.next.map(commit => {
    files = change(service, commit, files, 'forwards');
    return files;
  });
}

function change(
  service: StorefrontService,
  commit: StorefrontCommit,
  files: Files,
  direction: 'forwards' | 'backwards',
): Files {
  if (!commit.changes) return files;
  const patch = readFileSync(join(service.folder, commit.changes), 'utf8');
  try {
    return applyPatch(files, patch, direction);
  } catch (cause) {
    throw doesNotFit(service, commit, cause);
  }
}

/** Who edits files/ hears here which patch has to follow. */
function doesNotFit(
  { name }: StorefrontService,
  { message, changes = 'history.yaml' }: StorefrontCommit,
  cause?: unknown,
): Error {
  const [subject] = message.split('\n');
  const why = cause instanceof Error ? `: ${cause.message}` : '';
  return new Error(
    `${name}: the commit "${subject}" (${changes}) does not fit the files of the good version any more${why}`,
    { cause },
  );
}

/** Commits in the language of git-fast-import(1). */
function commands(
  branch: string,
  commits: StorefrontCommit[],
  versions: Files[],
  base: Files,
  firstStart: Date,
): string[] {
  const people = readPeople();
  return commits.flatMap((commit, i) => {
    const who = signature(
      people.get(commit.by),
      commitTime(commit, firstStart),
    );
    const files = versions[i];
    const before = versions[i - 1] ?? base;
    return [
      `commit refs/heads/${branch}`,
      `author ${who}`,
      `committer ${who}`,
      data(`${commit.message.trim()}\n`),
      ...(i === 0 && base.size > 0 ? ['from refs/heads/main'] : []),
      ...[...before.keys()]
        .filter(path => !files.has(path))
        .map(path => `D ${path}`),
      ...[...files]
        .filter(([path, text]) => before.get(path) !== text)
        .flatMap(([path, text]) => [`M 100644 inline ${path}`, data(text)]),
      '',
    ];
  });
}

const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}`;

function signature(person: Person | undefined, at: Date): string {
  if (!person) throw new Error('a commit is by nobody of people.yaml');
  const seconds = Math.floor(at.getTime() / 1000);
  return `${person.name} <${person.email}> ${seconds} +0000`;
}
