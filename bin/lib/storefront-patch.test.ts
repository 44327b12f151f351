import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { git } from './storefront-git.ts';
import { applyPatch } from './storefront-patch.ts';
import type { Files } from './storefront-patch.ts';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'ghostlight-patch-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const numbers = Array.from({ length: 40 }, (_, i) => `line ${i + 1}`);
const text = (lines: string[]) => `${lines.join('\n')}\n`;
const old: Files = new Map([
  ['same.txt', text(['stays'])],
  ['src/changes.txt', text(numbers)],
  ['src/goes.txt', text(['a', 'b'])],
]);
const changed: Files = new Map([
  ['same.txt', text(['stays'])],
  [
    'src/changes.txt',
    text(
      numbers.flatMap((line, i) => {
        if (i === 3) return [];
        return i === 30 ? ['before', line, '-- after', '++ it'] : [line];
      }),
    ),
  ],
  ['src/new.txt', text(['c'])],
]);

/** What git says has changed. */
async function diff(): Promise<string> {
  const run = (...args: string[]) => git(args, { cwd: folder });
  const write = async (files: Files) => {
    await run('rm', '-rqf', '--ignore-unmatch', '.');
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    await run('add', '.');
    return run('write-tree');
  };
  await run('init', '--quiet');
  const trees = [await write(old), await write(changed)];
  return `${await run('diff', '--no-renames', ...trees)}\n`;
}

test('a patch of git is applied and taken back, also to a file whose lines moved', async () => {
  const patch = await diff();
  assert.deepEqual(
    new Map([...applyPatch(old, patch, 'forwards')].sort()),
    changed,
  );
  assert.deepEqual(
    new Map([...applyPatch(changed, patch, 'backwards')].sort()),
    old,
  );
  const moved = (files: Files) =>
    new Map(files).set(
      'src/changes.txt',
      `x\ny\n${files.get('src/changes.txt')}`,
    );
  assert.equal(
    applyPatch(moved(old), patch, 'forwards').get('src/changes.txt'),
    moved(changed).get('src/changes.txt'),
  );
});

test('a patch that does not fit says which file and lines', async () => {
  const patch = await diff();
  const other = new Map(old).set('src/changes.txt', text(['something else']));
  assert.throws(
    () => applyPatch(other, patch, 'forwards'),
    /src\/changes\.txt does not have these lines:\nline 1\n/,
  );
  assert.throws(
    () => applyPatch(changed, patch, 'forwards'),
    /src\/changes\.txt does not have|is there already|is not there/,
  );
});
