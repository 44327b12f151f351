import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../testing/random.ts';
import { compileGroups, compileRegex } from './compile.ts';

const matches: [pattern: string, yes: string[], no: string[]][] = [
  ['a|b', ['a', 'b'], ['', 'ab', 'c']],
  ['', [''], ['a']],
  ['.*', ['', 'abc'], ['a\nb']],
  ['(?s).*', ['a\nb'], []],
  ['a.c', ['abc', 'a\u{1f4a5}c', 'a\rc'], ['ac', 'a\nc']],
  ['5..|0', ['500', '0'], ['50', '5000']],
  ['orders-[0-9a-f]+-[a-z0-9]{5}', ['orders-7f9-abcde'], ['orders--abcde']],
  ['(?i)get|PUT', ['GET', 'put'], ['gut']],
  ['x(?i)y|z', ['xY', 'Z'], ['Xy']],
  ['(?i:a)b', ['Ab'], ['aB']],
  ['\\d\\D\\w\\W\\s\\S', ['1a_- x'], ['aa_- x', '1a_-\u00a0x']],
  ['[^a-c\\d]', ['d', '-'], ['a', '5']],
  ['[]a-]+', [']-a'], ['b']],
  ['[[:alpha:]_][[:^digit:]]', ['_x'], ['_1', '11']],
  ['\\pL\\p{Greek}\\PL', ['aα1'], ['1α1', 'aa1']],
  ['\\x41\\x{1F4A5}\\101\\.\\-\\/', ['A\u{1f4a5}A.-/'], []],
  ['\\Qa.b*\\E+c', ['a.b*c', 'a.b**c'], ['axbc']],
  ['a{2,3}b{2}c{0,}', ['aabb', 'aaabbcc'], ['abb', 'aaaabb']],
  ['a{,2}', ['a{,2}'], ['aa']],
  ['\\bfoo\\b.*', ['foo bar'], ['foobar']],
  ['^a$|\\Ab\\z', ['a', 'b'], ['ab']],
  ['(?m)a$\n^b', ['a\nb'], []],
  ['(?:)|x', ['', 'x'], ['y']],
  ['(a*)*(b|)+', ['', 'aab', 'bb'], ['c']],
  ['(?U)a+', ['aaa'], ['b']],
];

for (const [pattern, yes, no] of matches) {
  test(`${JSON.stringify(pattern)} matches as RE2 does`, () => {
    const has = compileRegex(pattern);
    for (const text of yes)
      assert.ok(has(text), `${JSON.stringify(text)} matches`);
    for (const text of no)
      assert.ok(!has(text), `${JSON.stringify(text)} does not match`);
  });
}

test('groups are those a Perl-like engine prefers', () => {
  const groups = compileGroups('(?P<first>a+?)(a*)(b)?');
  assert.deepEqual(groups.match('aaa'), ['aaa', 'a', 'aa', undefined]);
  assert.equal(groups.groupNames.get('first'), 1);
  assert.equal(groups.match('b'), undefined);
});

test('patterns that take other engines forever take no time', () => {
  const text = `${'a'.repeat(2000)}!`;
  const startedMs = performance.now();
  for (const pattern of [
    '(a+)+',
    '(a|a)*b',
    '(.*)*x',
    '(a?){50}a{50}b',
    '.*a.*a.*a.*b',
  ])
    assert.equal(compileRegex(pattern)(text), false);
  assert.ok(performance.now() - startedMs < 3000);
});

test('patterns that would be large when written out are refused', () => {
  for (const pattern of [
    '((a{1000}){1000})',
    '(?:(?:(?:(?:){1000}){1000}){1000}){1000}',
  ])
    assert.throws(() => compileRegex(pattern), /expression too large/);
  assert.throws(() => compileRegex('('.repeat(5000)), /nests too deeply/);
});

test('answers as JavaScript’s engine does where the two languages are one', () => {
  const random = new Random(5);
  const pieces = [
    'a',
    'b',
    'c',
    '.',
    '[ab]',
    '[^a]',
    '(a|bc)',
    '(b?c)',
    'a*',
    '(ab)+',
    'c{1,2}',
    '|',
    '(?:a|b)*?',
  ];
  for (let count = 0; count < 1500; count++) {
    const pattern = Array.from({ length: random.whole(1, 6) }, () =>
      random.pick(pieces),
    ).join('');
    const ours = compileGroups(pattern);
    const theirs = new RegExp(`^(?:${pattern})$`, 'u');
    for (let tries = 0; tries < 8; tries++) {
      const text = Array.from({ length: random.whole(0, 6) }, () =>
        random.pick(['a', 'b', 'c']),
      ).join('');
      const found = theirs.exec(text);
      assert.equal(
        ours.match(text) !== undefined,
        found !== null,
        `${pattern} ${text}`,
      );
      assert.equal(compileRegex(pattern)(text), found !== null);
    }
  }
});
