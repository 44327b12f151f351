import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { QueryError } from '../../types.ts';
import { evaluateInstant } from '../evaluate.ts';
import { formatLabels } from '../labels.ts';
import { parseDuration } from '../parse/literals.ts';
import { memorySource } from './memory-source.ts';
import { expand } from './notation.ts';
import type { InputSeries } from './notation.ts';

/** Why the tests against Prometheus' own promtool cannot run; undefined when they can. */
export const withoutPromtool: string | undefined = (() => {
  const { error } = spawnSync('promtool', ['--version'], { stdio: 'ignore' });
  return error && 'promtool is not on the PATH: apt-get install prometheus';
})();

export interface Sample {
  labels: string;
  value: number;
}

/** One expression at one time, and what each side makes of it. */
export interface Comparison {
  expression: string;
  atMs: number;
  ours: Sample[] | { error: string };
  theirs: Sample[] | { error: string };
  /** To the last bit; promtool says so, or it is NaN, which promtool takes for different. */
  exact: boolean;
  /** As exact, but for the last digits. */
  alike: boolean;
}

/**
 * Sums of series in another order and logarithms differ in the last digits: Prometheus takes series in the order of a Go map in these
 * tests, another each time.
 */
const CLOSE = 1e-12;

function ourAnswer(
  expression: string,
  atMs: number,
  series: InputSeries[],
  intervalMs: number,
): Comparison['ours'] {
  const source = memorySource(series.map(one => expand(one, intervalMs)));
  try {
    const value = evaluateInstant({ expression, source, atMs });
    if (value.resultType === 'scalar')
      return [{ labels: '{}', value: value.result[1] }];
    if (value.resultType !== 'vector')
      return { error: `rule result is not a vector or scalar` };
    return value.result
      .map(({ metric, value: [, number] }) => ({
        labels: formatLabels(metric),
        value: number,
      }))
      .sort((a, b) => (a.labels < b.labels ? -1 : 1));
  } catch (error) {
    if (error instanceof QueryError) return { error: error.message };
    throw error;
  }
}

function goNumber(text: string): number {
  if (text === 'NaN') return NaN;
  return /Inf$/.test(text)
    ? Number(text.replace('Inf', 'Infinity'))
    : Number(text);
}

/** `{__name__="a", x="1"} 1E+00, {} NaN` */
function readSamples(text: string): Sample[] {
  if (text.trim() === 'nil') return [];
  const pattern =
    /\{((?:[a-zA-Z_]\w*="(?:[^"\\]|\\.)*"(?:, )?)*)\} (\S+?)(?:, |$)/g;
  return [...text.trim().matchAll(pattern)]
    .map(([, inside, value]) => {
      const name = /(?:^|, )__name__="([^"]*)"(?:, )?/.exec(inside);
      const rest = name
        ? inside.replace(name[0], name.index === 0 ? '' : ', ')
        : inside;
      return {
        labels: `${name?.[1] ?? ''}{${rest.replace(/, $/, '')}}`,
        value: goNumber(value),
      };
    })
    .sort((a, b) => (a.labels < b.labels ? -1 : 1));
}

/** promtool loads samples up to the last whole minute that is asked for, and no later ones. */
const LOAD_ALL = {
  expr: 'vector(0)',
  eval_time: '100m',
  exp_samples: [{ labels: '{}', value: 0 }],
};

type Equal = (a: number, b: number) => boolean;

const same: Equal = (a, b) => a === b || Object.is(a, b);

const near: Equal = (a, b) =>
  same(a, b) ||
  Math.abs(a - b) <= CLOSE * Math.max(1, Math.abs(a), Math.abs(b));

function areAlike(
  ours: Comparison['ours'],
  theirs: Comparison['theirs'],
  equal: Equal,
): boolean {
  if (!Array.isArray(ours) || !Array.isArray(theirs))
    return !Array.isArray(ours) && !Array.isArray(theirs);
  return (
    ours.length === theirs.length &&
    ours.every(
      ({ labels, value }, index) =>
        labels === theirs[index].labels && equal(value, theirs[index].value),
    )
  );
}

/** Runs `promtool test rules` with our answers as what is expected. @returns what it says */
function judge(tests: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'promtool-'));
  try {
    const file = join(folder, 'tests.yaml');
    writeFileSync(file, stringify(tests, { lineWidth: 0 }));
    const { stdout, stderr, error } = spawnSync(
      'promtool',
      ['test', 'rules', file],
      { encoding: 'utf8', maxBuffer: 2 ** 28 },
    );
    if (error) throw error;
    if (/SUCCESS|FAILED/.test(stdout + stderr)) return stderr;
    throw new Error(`promtool gave no verdict: ${stdout}${stderr}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Evaluates every expression at every time with this engine and with Prometheus' own. */
export function compareWithPromtool(
  series: InputSeries[],
  intervalMs: number,
  questions: { expression: string; atMs: number }[],
): Comparison[] {
  const answered = questions.map(question => ({
    ...question,
    ours: ourAnswer(question.expression, question.atMs, series, intervalMs),
  }));
  const said = judge({
    evaluation_interval: '1m',
    tests: [
      {
        interval: `${intervalMs / 1000}s`,
        input_series: series,
        promql_expr_test: [
          ...answered.map(({ expression, atMs, ours }) => ({
            expr: expression,
            eval_time: `${atMs / 1000}s`,
            exp_samples: Array.isArray(ours) ? ours : [],
          })),
          LOAD_ALL,
        ],
      },
    ],
  });
  const theirs = new Map<string, Comparison['theirs']>();
  const verdict =
    / {4}expr: ("(?:[^"\\]|\\.)*"), time: (\w+),(?: err: (.*)|\n\s+exp: .*\n\s+got: (.*))/g;
  for (const [, quoted, time, error, got] of said.matchAll(verdict)) {
    const key = `${parseDuration(time)} ${JSON.parse(quoted)}`;
    theirs.set(key, error === undefined ? readSamples(got) : { error });
  }
  const unread = said.replace(verdict, '').match(/expr: /g);
  if (
    unread ||
    (theirs.size === 0 && /FAILED/.test(said) && said.trim().length > 10)
  )
    throw new Error(`promtool said what was not understood: ${said}`);
  return answered.map(({ expression, atMs, ours }) => {
    // Of what it finds as expected promtool says nothing.
    const other =
      theirs.get(`${atMs} ${expression}`) ?? (Array.isArray(ours) ? ours : []);
    return {
      expression,
      atMs,
      ours,
      theirs: other,
      exact: areAlike(ours, other, same),
      alike: areAlike(ours, other, near),
    };
  });
}

/** What a test says of the expressions that are not answered alike. */
export function describeDifferences(comparisons: Comparison[]): string {
  return comparisons
    .filter(({ alike }) => !alike)
    .map(
      ({ expression, atMs, ours, theirs }) =>
        `${expression} at ${atMs / 1000} s\n  ours   ${show(
          ours,
        )}\n  theirs ${show(theirs)}`,
    )
    .join('\n');
}

function show(answer: Comparison['ours']): string {
  return Array.isArray(answer)
    ? answer.map(({ labels, value }) => `${labels} ${value}`).join(', ') ||
        'nothing'
    : `error: ${answer.error}`;
}
