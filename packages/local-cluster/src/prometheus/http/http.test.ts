import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PrometheusFixture, until } from '../testing/prometheus-fixture.ts';

const METRICS = 'a{b="1"} 1\na{b="2"} 2\nc 3\n';

async function withMetrics(t: Parameters<typeof PrometheusFixture.start>[0]) {
  const fixture = await PrometheusFixture.start(t);
  await fixture.pod('orders', (_request, response) => response.end(METRICS));
  await until(
    () => fixture.query('c'),
    seen => seen.orders === '3',
  );
  return fixture;
}

test('instant queries: GET and POST, unix and RFC 3339 times, limit', async t => {
  const fixture = await withMetrics(t);
  const at = new Date(Date.now() + 1_000);
  const seconds = at.getTime() / 1000;
  const expected = {
    resultType: 'vector',
    result: [{ metric: {}, value: [seconds, '3'] }],
  };
  const query = encodeURIComponent('sum(a)');
  assert.deepEqual(await fixture.ask(`query?query=${query}&time=${seconds}`), {
    code: 200,
    status: 'success',
    data: expected,
  });
  const posted = await fixture.ask('query', {
    method: 'POST',
    body: new URLSearchParams({ query: 'sum(a)', time: at.toISOString() }),
  });
  assert.deepEqual(posted.data, expected);
  const limited = await fixture.ask('query?query=a&limit=1');
  assert.deepEqual(limited.warnings, ['results truncated due to limit']);
  const special = await fixture.ask(
    `query?time=5&query=${encodeURIComponent('vector(1/0)')}`,
  );
  assert.deepEqual(special.data, {
    resultType: 'vector',
    result: [{ metric: {}, value: [5, '+Inf'] }],
  });
});

test('range queries: durations and numbers as steps, the same however many pieces', async t => {
  const fixture = await withMetrics(t);
  const answer = await fixture.ask(
    `query_range?query=${encodeURIComponent(
      'vector(time())',
    )}&start=100&end=1970-01-01T00:10:00Z&step=1m`,
  );
  const values = [100, 160, 220, 280, 340, 400, 460, 520, 580];
  assert.deepEqual(answer.data, {
    resultType: 'matrix',
    result: [{ metric: {}, values: values.map(s => [s, String(s)]) }],
  });
  const many = await fixture.ask(
    'query_range?query=time()&start=0&end=5000&step=0.5',
  );
  assert.match(JSON.stringify(many.data), /\[5000,"5000"\]\]/);
  assert.equal(JSON.stringify(many.data).match(/\[[\d.]+,"/g)?.length, 10_001);
});

test('series, labels and values of labels, with and without selectors', async t => {
  const fixture = await withMetrics(t);
  const ask = async (path: string) => (await fixture.ask(path)).data;
  assert.deepEqual(await ask('label/b/values'), ['1', '2']);
  assert.deepEqual(await ask('label/b/values?match[]=a{b!="1"}'), ['2']);
  assert.deepEqual(await ask('label/b/values?limit=1'), ['1']);
  assert.deepEqual(
    await ask('label/__name__/values?match[]={__name__=~"a|c"}'),
    ['a', 'c'],
  );
  assert.deepEqual(await ask('labels?match[]=a'), [
    '__name__',
    'app_kubernetes_io_name',
    'b',
    'instance',
    'job',
    'namespace',
    'pod',
  ]);
  const series = await fixture.ask('series?match[]=c&match[]=a{b="1"}');
  assert.equal(JSON.stringify(series.data).match(/__name__/g)?.length, 2);
  assert.deepEqual(await ask('series?match[]=c&start=1&end=2'), []);
  assert.match(JSON.stringify(await ask('status/buildinfo')), /2\.42\.0/);
});

const WRONG: [path: string, code: number, says: RegExp][] = [
  ['query', 400, /"query".*missing/],
  ['query?query=sum(', 400, /./],
  ['query?query=a&time=yesterday', 400, /"time".*yesterday/],
  ['query?query=a&limit=-1', 400, /"limit"/],
  ['query_range?query=a&start=1&end=2', 400, /"step" is missing/],
  ['query_range?query=a&start=2&end=1&step=1', 400, /before start/],
  ['query_range?query=a&start=1&end=2&step=0', 400, /zero or negative/],
  ['query_range?query=a&start=1&end=99999&step=1', 400, /11,000 points/],
  ['query_range?query=a&start=1&end=2&step=1%20parsec', 400, /duration/],
  ['series', 400, /match\[\]/],
  ['series?match[]=a{', 400, /./],
  ['label/b-c/values', 400, /label name/],
  ['query?query=a%2Bon(x)a', 422, /many-to-many|duplicate|multiple matches/],
  ['nothing', 404, /query, query_range, series/],
  ['query?query=a{b=~"(a"}', 400, /./],
];

for (const [path, code, says] of WRONG) {
  test(`what is asked wrongly is ${code} and says why: ${path}`, async t => {
    const fixture = await withMetrics(t);
    const answer = await fixture.ask(path);
    assert.equal(answer.code, code, JSON.stringify(answer));
    assert.equal(answer.status, 'error');
    assert.match(answer.error ?? '', says);
  });
}

test('a POST without a body needs no content type', async t => {
  const fixture = await withMetrics(t);
  const asked = await fixture.ask('labels?match[]=c', { method: 'POST' });
  assert.deepEqual(
    asked.data,
    (await fixture.ask('labels?match[]=c')).data,
    asked.error,
  );
  const queried = await fixture.ask('query?query=c', { method: 'POST' });
  assert.equal(queried.code, 200, queried.error);
});

test('a body that is too large or no form is refused, and a method that is not known', async t => {
  const fixture = await withMetrics(t);
  const large = await fixture.ask('query', {
    method: 'POST',
    body: new URLSearchParams({ query: 'x'.repeat(2_000_000) }),
  });
  assert.equal(large.code, 413);
  const json = await fixture.ask('query', { method: 'POST', body: '{}' });
  assert.equal(json.code, 400);
  assert.equal((await fixture.ask('query', { method: 'DELETE' })).code, 405);
});
