import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matches, readTranscript, wordsOf } from './transcript.ts';

describe('a transcript', () => {
  it('is commands and what they print, with remarks between', () => {
    const text =
      '# remark\n$ kubectl get a\none\n\ntwo\n# remark\n$ kubectl b\n';
    assert.deepEqual(readTranscript(text), [
      { line: 2, command: 'kubectl get a', expected: ['one', '', 'two'] },
      { line: 7, command: 'kubectl b', expected: [''] },
    ]);
    assert.deepEqual(wordsOf(`X='a b' kubectl -p '{"a": 1}' --x="y z"`), [
      'X=a b',
      'kubectl',
      '-p',
      '{"a": 1}',
      '--x=y z',
    ]);
  });

  it('fits what was printed but for the placeholders and the width of columns', () => {
    const fit = (expected: string, printed: string) =>
      matches(expected.split('\n'), printed.split('\n'));
    assert.ok(
      fit(
        'NAME AGE\nweb-<hash>-<id> <age>\n',
        'NAME    AGE\nweb-79587f67d6-w8sb9  2m3s',
      ),
    );
    assert.ok(!fit('web <age>', 'web soon'));
    assert.ok(!fit('a.b', 'axb'));
    assert.ok(!fit('a', 'a\nb'));
    assert.ok(!fit('a\nb', 'a'));
    assert.ok(fit('a\n...\nd', 'a\nb\nc\nd'));
    assert.ok(fit('a\n...\nd', 'a\nd'));
    assert.ok(!fit('a\n...\nd', 'a\nb'));
  });
});
