import { isBranchName, isFilePath, isPushableRef } from './names';

it.each(['main', 'fix/cache-bound', 'v1.2.3', 'a', 'feature/a/b_c', '9f31c2a'])(
  '%j names a branch',
  name => expect(isBranchName(name)).toBe(true),
);

it.each([
  '',
  '-x',
  'a..b',
  'a b',
  'a~1',
  'a^',
  'a:b',
  'a?',
  'a*',
  'a[',
  'a\\b',
  'a@{0}',
  '/a',
  'a/',
  'a//b',
  'a/.b',
  '.a',
  'a.',
  'a.lock',
  'a.lock/b',
  'a./b',
  'a\nb',
  'a\u0000b',
])('%j names no branch', name => expect(isBranchName(name)).toBe(false));

it.each([
  'a',
  'a/b.txt',
  '.gitignore',
  'a/.github/x',
  '--help',
  'git',
  'x.git',
  'a b',
  '日本',
])('%j is a path of a file', path => expect(isFilePath(path)).toBe(true));

it.each([
  '',
  '/a',
  'a/',
  '../a',
  'a/../b',
  './a',
  '.git',
  '.git/config',
  'a/.GiT/x',
  '.git.',
  '.git ',
  '.git::$INDEX_ALLOCATION',
  'git~1',
  '.g\u200cit',
  'a\\b',
  'a\u0000b',
  'a\nb',
  'x'.repeat(256),
])('%j is no path of a file', path => expect(isFilePath(path)).toBe(false));

it('only branches and tags may be pushed', () => {
  expect(isPushableRef('refs/heads/main')).toBe(true);
  expect(isPushableRef('refs/tags/v1')).toBe(true);
  expect(isPushableRef('refs/ghostlight/x')).toBe(false);
  expect(isPushableRef('HEAD')).toBe(false);
  expect(isPushableRef('refs/heads/../x')).toBe(false);
});
