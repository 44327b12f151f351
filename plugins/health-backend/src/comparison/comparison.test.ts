import { bucketQuantile } from './bucketQuantile';
import { compareMetrics, overall, type Measured } from './compareMetrics';
import { comparisonSentence } from './comparisonWords';
import { shareDifference, wilson } from './proportions';

const BOUNDS = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500];

/** Cumulative counts of these durations. */
function buckets(durations: number[]) {
  return [...BOUNDS, Infinity].map(leMs => ({
    leMs,
    count: durations.filter(duration => duration <= leMs).length,
  }));
}

/** Repeatable numbers between 0 and 1 (Park and Miller's minimal standard generator). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function serve(
  next: () => number,
  requests: number,
  { errorRatio = 0.01, meanMs = 40 } = {},
): Measured {
  const durations = Array.from(
    { length: requests },
    () => -Math.log(next()) * meanMs,
  );
  return {
    seconds: 600,
    requests,
    errors: durations.filter(() => next() < errorRatio).length,
    durations: buckets(durations),
  };
}

const compare = (before: Measured, after: Measured) => {
  const metrics = compareMetrics(before, after);
  const verdict = overall(metrics);
  return {
    metrics,
    verdict,
    sentence: comparisonSentence(verdict, metrics, {
      before: before.requests,
      after: after.requests,
    }),
  };
};

describe('formulas', () => {
  it('are those of the papers', () => {
    // Newcombe 1998 (the other paper of that year), table I: 81 of 263, score without continuity correction.
    expect(wilson({ count: 81, of: 263 }, 1.959964)).toEqual([
      expect.closeTo(0.2553, 4),
      expect.closeTo(0.3662, 4),
    ]);
    // Newcombe 1998, table II, contrast (a): 56/70 - 48/80, method 10: 0.0524 to 0.3339.
    const [low, high] = shareDifference(
      { count: 48, of: 80 },
      { count: 56, of: 70 },
      1.959964,
    );
    expect(low).toBeCloseTo(0.0524, 4);
    expect(high).toBeCloseTo(0.3339, 4);
    // The same, contrast (e): 0/10 - 0/20.
    const [none, some] = shareDifference(
      { count: 0, of: 20 },
      { count: 0, of: 10 },
      1.959964,
    );
    expect(none).toBeCloseTo(-0.1611, 4);
    expect(some).toBeCloseTo(0.2775, 4);
  });

  it('read quantiles off a histogram, with an interval where there is one', () => {
    const even = BOUNDS.map(leMs => ({ leMs, count: leMs }));
    const all = [...even, { leMs: Infinity, count: 2_500 }];
    const { value, interval } = bucketQuantile(all, 0.5, 1.96) ?? {};
    expect(value).toBeCloseTo(1_250);
    expect(interval?.[0]).toBeCloseTo(1_250 - 1.96 * 25, 0);
    expect(interval?.[1]).toBeCloseTo(1_250 + 1.96 * 25, 0);
    expect(bucketQuantile(buckets([1, 2, 3]), 0.99, 1.96)?.interval).toBe(
      undefined,
    );
    expect(bucketQuantile(buckets([]), 0.5, 1.96)).toBe(undefined);
  });
});

describe('a comparison', () => {
  it('calls no change worse in less than 5 % of runs, at any traffic', () => {
    const runs = 400;
    for (const requests of [40, 400, 4_000]) {
      const next = random(requests);
      let worse = 0;
      for (let run = 0; run < runs; run++) {
        const { verdict } = compare(
          serve(next, requests),
          serve(next, requests),
        );
        worse += verdict === 'worse' ? 1 : 0;
      }
      expect(worse / runs).toBeLessThan(0.05);
    }
  });

  it('finds what is worse, and what is better', () => {
    const next = random(7);
    const before = serve(next, 5_000);
    expect(
      compare(before, serve(next, 5_000, { errorRatio: 0.04 })),
    ).toMatchObject({
      verdict: 'worse',
      sentence: expect.stringMatching(
        /^Worse: [\d.]+ % errors after [\d.]+ %, p95 /,
      ),
    });
    const slow = compare(before, serve(next, 5_000, { meanMs: 60 }));
    expect(slow.verdict).toBe('worse');
    expect(slow.metrics.find(({ metric }) => metric === 'p95')).toMatchObject({
      verdict: 'worse',
      interval: [expect.any(Number), expect.any(Number)],
    });
    expect(compare(before, serve(next, 5_000, { meanMs: 20 })).verdict).toBe(
      'better',
    );
  });

  it('is better when errors fell, and says that latency is undecided', () => {
    const next = random(23);
    const told = compare(
      serve(next, 300, { errorRatio: 0.127 }),
      serve(next, 300, { errorRatio: 0 }),
    );
    const verdicts = () =>
      Object.fromEntries(
        told.metrics.map(({ metric, verdict }) => [metric, verdict]),
      );
    expect(verdicts()).toMatchObject({ errors: 'better', p95: 'undecided' });
    expect(told.verdict).toBe('better');
    expect(told.sentence).toMatch(
      /^Better: 0 % errors after 1[\d.]+ %, p95 \d+ ms after \d+ ms\. Latency is undecided\. About [\d,]+ requests on either side would decide it\.$/,
    );
    // What is worse is never behind what is better.
    const slower = compare(
      serve(next, 5_000, { errorRatio: 0.127 }),
      serve(next, 5_000, { errorRatio: 0, meanMs: 80 }),
    );
    expect(slower.verdict).toBe('worse');
    expect(slower.sentence).toMatch(/^Worse: 0 % errors after/);
    // No worse says nothing about what is undecided.
    expect(
      overall(
        told.metrics.map(metric =>
          metric.metric === 'errors'
            ? { ...metric, verdict: 'no-worse' }
            : metric,
        ),
      ),
    ).toBe('undecided');
  });

  it('says no worse only when what matters can be excluded', () => {
    const next = random(11);
    const told = compare(
      serve(next, 20_000, { errorRatio: 0.002 }),
      serve(next, 20_000, { errorRatio: 0.002 }),
    );
    expect(told.verdict).toBe('no-worse');
    expect(told.sentence).toMatch(
      /^No worse: 0\.\d+ % errors (before and after|after 0\.\d+ %), p95 \d+ ms/,
    );
  });

  it('is undecided with little traffic, and says how much it takes', () => {
    const next = random(13);
    const told = compare(serve(next, 60), serve(next, 60));
    expect(told.verdict).toBe('undecided');
    expect(told.sentence).toMatch(
      /About [\d,]+ requests on either side would decide it\.$/,
    );
    expect(compare(serve(next, 4_000), serve(next, 4)).sentence).toMatch(
      /Only 4,000 requests before and 4 requests after\.$/,
    );
  });

  it('has no data without requests on one side', () => {
    const next = random(17);
    expect(compare(serve(next, 0), serve(next, 100))).toMatchObject({
      verdict: 'no-data',
      sentence: 'No data: 0 requests before the deploy, 100 requests since.',
    });
  });

  it('does not judge usage by an interval it does not have', () => {
    const next = random(19);
    const before = {
      ...serve(next, 20_000),
      cpuCores: 0.2,
      memoryBytes: 100e6,
    };
    const after = { ...before, memoryBytes: 190e6 };
    const { metrics, verdict } = compare(before, after);
    expect(verdict).toBe('no-worse');
    expect(metrics.find(({ metric }) => metric === 'memory')).toEqual({
      metric: 'memory',
      unit: 'bytes',
      before: 100e6,
      after: 190e6,
      difference: 90e6,
      verdict: 'undecided',
      note: '90 % more; whether by chance cannot be told.',
    });
  });
});
