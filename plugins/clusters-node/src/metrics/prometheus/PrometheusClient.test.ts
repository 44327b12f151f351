import type { ServerResponse } from 'node:http';
import { createMetrics } from '../../__testUtils__/createMetrics';
import { FakePrometheus } from '../../__testUtils__/FakePrometheus';
import { until } from '../../__testUtils__/until';
import type { MetricSource } from '../../types';
import type { Metrics } from '../Metrics';

let fake: FakePrometheus;
let metrics: Metrics;

beforeEach(async () => {
  fake = await FakePrometheus.start();
});

afterEach(async () => {
  await metrics.stop();
  await fake.stop();
});

function source(options: Parameters<typeof createMetrics>[1] = {}) {
  metrics = createMetrics(fake.url, options);
  const found = metrics.of('local');
  if (!found) {
    throw new Error('no source');
  }
  return found;
}

const ask = (of: MetricSource, query = 'up') => of.query(query);
const range = {
  from: '2026-03-01T12:00:00.000Z',
  to: '2026-03-01T12:01:00.000Z',
  stepMs: 15_000,
};

it('asks with the token, the headers and a limit of time, and reads vectors, matrices and numbers', async () => {
  fake.on(/^up$/, { labels: { job: 'x' }, value: () => 1 });
  fake.on(/^odd$/, { value: at => ['NaN', '+Inf', '-Inf'][(at / 15_000) % 3] });
  fake.warn('a rule was skipped');
  const of = source({ token: 't0ken', headers: { 'x-scope-orgid': 'shop' } });
  const at = '2026-03-01T12:00:00.000Z';
  await expect(of.query('up', { at })).resolves.toEqual({
    series: [{ labels: { job: 'x' }, points: [[Date.parse(at), 1]] }],
    notes: ['a rule was skipped'],
  });
  expect(fake.asked[0]).toMatchObject({
    path: '/api/v1/query',
    authorization: 'Bearer t0ken',
    headers: {
      'x-scope-orgid': 'shop',
      'content-type': 'application/x-www-form-urlencoded',
    },
  });
  const { series } = await of.queryRange('odd', range);
  expect(series[0].points.map(([, value]) => value)).toEqual([
    undefined,
    Infinity,
    -Infinity,
    undefined,
    Infinity,
  ]);
  fake.misbehave((_, response) =>
    response.end(
      '{"status":"success","data":{"resultType":"scalar","result":[1.5,"2"]}}',
    ),
  );
  expect((await of.query('2')).series).toEqual([
    { labels: {}, points: [[1_500, 2]] },
  ]);
});

describe('a Prometheus that is not well', () => {
  const json =
    (code: number, body: string) => (_: unknown, to: ServerResponse) =>
      to.writeHead(code, { 'content-type': 'application/json' }).end(body);
  const failed = (code: number, errorType: string, error: string) =>
    json(code, JSON.stringify({ status: 'error', errorType, error }));

  it.each<[string, Parameters<FakePrometheus['misbehave']>[0], string, RegExp]>(
    [
      [
        'answers 500',
        json(500, 'oops'),
        'Service',
        /environment local answered 500$/,
      ],
      [
        'answers 503 in its own words',
        failed(503, 'timeout', 'query timed out'),
        'Service',
        /\(timeout\): query timed out/,
      ],
      [
        'wants another token',
        json(401, ''),
        'Service',
        /let us in \(401\): check .*prometheus\.token/,
      ],
      ['forbids', json(403, '<html>'), 'Service', /let us in \(403\)/],
      [
        'lives elsewhere',
        json(404, '404 page not found'),
        'Service',
        /answered 404: is .*prometheus\.url right/,
      ],
      [
        'sends to a login',
        (_, to) => to.writeHead(302, { location: '/login' }).end(),
        'Service',
        /answered 302/,
      ],
      [
        'answers HTML',
        (_, to) => to.end('<!doctype html>'),
        'Service',
        /not JSON/,
      ],
      [
        'answers half a JSON',
        (_, to) => to.end('{"status":"succ'),
        'Service',
        /not JSON/,
      ],
      [
        'answers half and breaks off',
        (_, to) =>
          to
            .writeHead(200, { 'content-length': '100' })
            .write('{"status"', () => to.destroy()),
        'Service',
        /closed while it answered/,
      ],
      [
        'breaks off at once',
        (_, to) => to.destroy(),
        'Service',
        /connection was (closed|reset)/,
      ],
      [
        'answers other JSON',
        (_, to) => to.end('{"ok":true}'),
        'Service',
        /no answer of Prometheus'/,
      ],
      [
        'answers series that are none',
        (_, to) =>
          to.end(
            '{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1]}]}}',
          ),
        'Service',
        /samples is none/,
      ],
      [
        'finds the query wrong',
        failed(400, 'bad_data', 'parse error: unexpected "}"'),
        'Input',
        /does not take the query: parse error: unexpected "}"/,
      ],
      [
        'cannot run the query',
        failed(422, 'execution', 'too many samples'),
        'Input',
        /too many samples/,
      ],
      [
        'never answers',
        () => undefined,
        'Service',
        /did not answer within 0\.2 s/,
      ],
      [
        'never ends its answer',
        (_, to) => void to.write('{'),
        'Service',
        /did not answer within 0\.2 s/,
      ],
    ],
  )('that %s is told in words', async (_, respond, kind, words) => {
    fake.misbehave(respond);
    const of = source({ timeoutMs: 200 });
    const error = await ask(of).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: kind === 'Input' ? 'InputError' : 'ServiceUnavailableError',
      message: expect.stringMatching(words),
    });
    // And it is asked again when it is well.
    fake.misbehave(undefined);
    fake.on(/up/, { value: () => 1 });
    await expect(ask(of)).resolves.toMatchObject({ series: [{}] });
  });

  it('that is gone is told in words', async () => {
    const of = source();
    await fake.stop();
    await expect(ask(of)).rejects.toThrow(/connection refused/);
    fake = await FakePrometheus.start();
  });

  it('that answers without end is not read without end', async () => {
    let sent = 0;
    fake.misbehave((_, to) => {
      const megabyte = Buffer.alloc(1024 * 1024, ' ');
      const more = () => {
        while (!to.destroyed && sent < 200) {
          sent += 1;
          if (!to.write(megabyte)) {
            to.once('drain', more);
            return;
          }
        }
      };
      more();
    });
    await expect(ask(source({ timeoutMs: 10_000 }))).rejects.toThrow(
      /more than 32 MiB/,
    );
    expect(sent).toBeLessThan(60);
  });
});

it('cuts a hundred thousand series, and says so', async () => {
  const result = Array.from({ length: 100_000 }, (_, id) => ({
    metric: { id: String(id) },
    value: [1, '1'],
  }));
  fake.misbehave((_, to) =>
    to.end(
      JSON.stringify({
        status: 'success',
        data: { resultType: 'vector', result },
      }),
    ),
  );
  const { series, notes } = await ask(source({ timeoutMs: 20_000 }));
  expect(series).toHaveLength(1_000);
  expect(notes).toEqual(['the answer had 100,000 series and was cut at 1,000']);
});

it('refuses more points than a Prometheus gives', async () => {
  await expect(
    source().queryRange('up', { ...range, stepMs: 5 }),
  ).rejects.toThrow(/At most 11000 points/);
});

describe('many who ask', () => {
  it('ask once, also a moment later, and again when that is over', async () => {
    let now = 1_000;
    fake.on(/up/, { value: () => 1 });
    const of = source({ now: () => now });
    const at = range.to;
    await Promise.all(Array.from({ length: 50 }, () => of.query('up', { at })));
    now += 1_999;
    await of.query('up', { at });
    expect(fake.asked).toHaveLength(1);
    now += 1;
    await of.query('up', { at });
    expect(fake.asked).toHaveLength(2);
  });

  it('share no more megabytes than there is room for', async () => {
    const padded = ' '.repeat(7 * 1024 * 1024);
    fake.misbehave((_, to) =>
      to.end(
        `{"status":"success",${padded}"data":{"resultType":"vector","result":[]}}`,
      ),
    );
    const of = source({ now: () => 1_000 });
    const get = (query: string) => of.query(query, { at: range.to });
    for (const query of ['a', 'b', 'a', 'c', 'c', 'a']) {
      await get(query);
    }
    expect(fake.queries()).toEqual(['a', 'b', 'c', 'a']);
  });

  it('keep at most eight queries going, and those who leave make room', async () => {
    const open: ServerResponse[] = [];
    fake.misbehave((_, response) => void open.push(response));
    const of = source();
    const leaving = new AbortController();
    const asked = Array.from({ length: 12 }, (_, index) =>
      of
        .query(`q${index}`, { signal: index < 2 ? leaving.signal : undefined })
        .catch((error: unknown) => error),
    );
    await until(() => open.length === 8);
    leaving.abort(new Error('left'));
    await expect(asked[0]).resolves.toEqual(new Error('left'));
    await until(() => open.length === 10);
    expect(open.filter(({ destroyed }) => !destroyed).length).toBe(8);
    open.forEach(response => response.destroy());
    await until(() => open.length === 12);
    open.forEach(response => response.destroy());
    await Promise.all(asked);
  });

  it('go on when one of them leaves', async () => {
    let answer = () => {};
    fake.misbehave((_, to) => {
      answer = () =>
        to.end(
          '{"status":"success","data":{"resultType":"vector","result":[]}}',
        );
    });
    const of = source();
    const leaving = new AbortController();
    const at = range.to;
    const stays = of.query('up', { at });
    const leaves = of.query('up', { at, signal: leaving.signal });
    await until(() => fake.asked.length === 1);
    leaving.abort(new Error('left'));
    await expect(leaves).rejects.toThrow('left');
    answer();
    await expect(stays).resolves.toEqual({ series: [], notes: [] });
  });

  it('are not kept waiting behind what hangs', async () => {
    fake.misbehave(() => undefined);
    const of = source({ timeoutMs: 150 });
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => of.query(`q${index}`)),
    );
    expect(
      answers.filter(
        answer =>
          answer.status === 'rejected' && /is busy/.test(answer.reason.message),
      ).length,
    ).toBeGreaterThan(0);
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
  });
});
