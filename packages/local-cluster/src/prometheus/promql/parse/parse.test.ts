import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QueryError } from '../../types.ts';
import { Random } from '../testing/random.ts';
import { parse, parseSelector } from './parse.ts';

function refusalOf(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof QueryError && error.errorType === 'bad_data')
      return error.message;
    throw error;
  }
  return 'parsed';
}

const refusals: Record<string, RegExp> = {
  'rate(a)':
    /^1:6: parse error: expected type range vector in call to function "rate", got instant vector$/,
  'sum(a)\n  + foo(b)': /^2:5: parse error: unknown function with name "foo"$/,
  'mad_over_time(a[5m])': /^1:1: .*function "mad_over_time" is not supported$/,
  'histogram_count(a)': /function "histogram_count" is not supported/,
  'info(a)': /function "info" is not supported/,
  'double_exponential_smoothing(a[5m], 0.1, 0.1)':
    /function "double_exponential_smoothing" is not supported/,
  'holt_winters(a[5m], 0.1, 0.1)': /unknown function with name "holt_winters"/,
  'limitk(1, a)': /aggregation "limitk" is not supported/,
  'limit_ratio(0.1, a)': /aggregation "limit_ratio" is not supported/,
  'rate(a[5m] smoothed)': /1:12: .*modifier "smoothed" is not supported/,
  'rate(a[5m] anchored)': /modifier "anchored" is not supported/,
  'a + fill(1) b': /modifier "fill\(1\)" is not supported/,
  'a </ b': /operator "<\/" is not supported/,
  '{"a.b"}': /quoted names \("a\.b"\) are not supported/,
  '{"a.b"="c"}': /quoted names/,
  'sum by ("a.b") (c)': /quoted names/,
  'a[5]': /1:3: .*"5" is no duration; durations have units, as 5m/,
  '1h': /"1h" is a duration; a number is needed here/,
  '1_000': /bad number or duration syntax: "1_000"/,
  'a{b="c}': /unterminated quoted string|unexpected/,
  'a{b="\\q"}': /unknown escape sequence "\\q"/,
  'a{b="\\ud800"}': /"\\ud800" is no character/,
  'a{b=~"(?!x)"}': /RE2 has no lookahead or lookbehind: \(\?!/,
  'a{b=~"(?<=x)y"}': /RE2 has no lookahead or lookbehind: \(\?<=/,
  'a{b=~"(x)\\\\1"}': /RE2 has no backreferences/,
  'a{b=~"x**"}': /invalid nested repetition operator/,
  'a{b=~"x{1001}"}': /invalid repeat count: \{1001\}/,
  'a{b=~"[z-a]"}': /invalid character class range/,
  'a{b=~"[[:nope:]]"}': /invalid character class range: \[:nope:\]/,
  'a{b=~"((x{1000}){1000})"}': /expression too large/,
  'up{': /unexpected end of input/,
  'sum(up': /unexpected end of input/,
  '(((': /unexpected end of input/,
  'up ? 1': /unexpected "\?"/,
  '# only a comment': /no expression found in input/,
  '  ': /no expression found in input/,
};

for (const [text, message] of Object.entries(refusals)) {
  test(`says what is wrong with ${text}`, () => {
    assert.match(refusalOf(text), message);
  });
}

test('binds signs, powers and modifiers as Prometheus and not as the grammar of colours', () => {
  const power = parse('-2 ^ 2');
  assert.equal(power.kind, 'unary');
  const sum = parse('a + b offset 5m');
  assert.equal(sum.kind, 'binary');
  assert.ok(sum.kind === 'binary' && sum.right.kind === 'selector');
  assert.equal(sum.right.offsetMs, 300_000);
  assert.ok(sum.left.kind === 'selector' && sum.left.offsetMs === 0);
});

test('texts too long, too deep or with too many operators are refused by the limit they meet', () => {
  assert.match(refusalOf('a'.repeat(100_000)), /100000 characters; at most/);
  const deep = (count: number) => `${'('.repeat(count)}a${')'.repeat(count)}`;
  assert.equal(refusalOf(deep(100)), 'parsed');
  assert.match(refusalOf(deep(101)), /1:101: .*nested more than 100 deep/);
  assert.equal(refusalOf(`a${'+a'.repeat(900)}`), 'parsed');
  assert.match(refusalOf(`a${'+a'.repeat(5000)}`), /more than 1000 operators/);
  assert.match(refusalOf(`${'-'.repeat(9000)}a`), /more than 1000 operators/);
  assert.match(refusalOf(`2${'^2'.repeat(9000)}`), /more than 1000 operators/);
  assert.equal(refusalOf(`"${'('.repeat(500)}"`), 'parsed');
});

test('any text is parsed or refused with a QueryError, soon', () => {
  const random = new Random(42);
  const words = [
    'sum',
    'by',
    'without',
    'rate',
    'up',
    'on',
    'ignoring',
    'group_left',
    'offset',
    '@',
    'start',
    'end',
    'bool',
    'and',
    'or',
    'unless',
    'atan2',
    'inf',
    'nan',
    '5m',
    '1e3',
    '0x1f',
    '"a"',
    "'b",
    '`c`',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ':',
    ',',
    '=',
    '=~',
    '!~',
    '!=',
    '==',
    '+',
    '-',
    '*',
    '/',
    '%',
    '^',
    '<',
    '>',
    '\\',
    '\n',
    '#',
    '\0',
    '\u{1f4a5}',
    '_',
    'le',
    'topk',
    'histogram_quantile',
    'fill',
    'label_replace',
    '.*',
    '$1',
  ];
  let parsed = 0;
  const startedMs = performance.now();
  for (let count = 0; count < 6000; count++) {
    const length = random.whole(1, 40);
    const text = Array.from({ length }, () =>
      random.chance(0.8)
        ? random.pick(words)
        : String.fromCharCode(
            random.whole(0, random.chance(0.9) ? 126 : 0xffff),
          ),
    ).join(random.pick(['', ' ']));
    if (refusalOf(text) === 'parsed') parsed += 1;
  }
  for (const word of words) {
    const long = `${word} `.repeat(Math.floor(19_000 / (word.length + 1)));
    refusalOf(long);
    refusalOf(word.repeat(Math.floor(19_000 / word.length)));
  }
  assert.ok(parsed > 10, `${parsed} texts had a meaning`);
  const seconds = (performance.now() - startedMs) / 1000;
  assert.ok(seconds < 10, `it took ${seconds} s`);
});

test('cutting, doubling and swapping pieces of a real query gives queries or refusals', () => {
  const random = new Random(43);
  const query =
    'histogram_quantile(0.95, sum by (le, a) (rate(h_bucket{a=~"b|c",d!=""}[5m] offset -1h))) > bool on (a) group_left (b) (x{} or -y[1h:5m] @ start()) ^ 2';
  for (let count = 0; count < 4000; count++) {
    const from = random.whole(0, query.length);
    const to = random.whole(from, Math.min(query.length, from + 20));
    const put = random.whole(0, query.length);
    refusalOf(query.slice(0, from) + query.slice(to));
    refusalOf(query.slice(0, put) + query.slice(from, to) + query.slice(put));
  }
});

test('match[] takes plain selectors only', () => {
  assert.deepEqual(parseSelector('up{a="b",c=~"d|e"}'), [
    { name: '__name__', operator: '=', value: 'up' },
    { name: 'a', operator: '=', value: 'b' },
    { name: 'c', operator: '=~', value: 'd|e' },
  ]);
  for (const text of ['up offset 5m', 'up[5m]', 'rate(up[5m])', '1', 'up @ 5'])
    assert.throws(() => parseSelector(text), /is no series selector/);
});
