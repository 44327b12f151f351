import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PrometheusFixture, until } from '../testing/prometheus-fixture.ts';

test('a pod that asks for it is scraped at its real port, with its labels, until it is gone', async t => {
  const fixture = await PrometheusFixture.start(t);
  let n = 0;
  const paths = new Set<string | undefined>();
  const pod = await fixture.pod(
    'orders',
    (request, response) => {
      paths.add(request.url);
      n += 1;
      response.end(
        [
          '# HELP jobs_total Jobs\\nof all sorts',
          '# TYPE jobs_total counter',
          `jobs_total{kind="a \\"b\\" \\\\ c\\n",namespace="other"} ${n}`,
          'temperature_celsius  -1.5e1\t',
          'bound{le="+Inf",} +Inf',
          'missing NaN',
          '',
          '# EOF',
        ].join('\n'),
      );
    },
    { 'prometheus.io/path': '/custom?x=1' },
  );
  await until(
    () => fixture.query('jobs_total', 'kind'),
    seen => Object.keys(seen)[0] === 'a "b" \\ c\n',
  );
  assert.deepEqual([...paths], ['/custom?x=1']);
  assert.deepEqual(await fixture.query('temperature_celsius'), {
    orders: '-15',
  });
  assert.deepEqual(await fixture.query('bound', 'le'), { '+Inf': '+Inf' });
  assert.deepEqual(await fixture.query('missing'), { orders: 'NaN' });
  assert.deepEqual(
    Object.keys(
      await fixture.query(
        'jobs_total{namespace="default"}',
        'exported_namespace',
      ),
    ),
    ['other'],
    'what is known of the pod goes before what it says',
  );
  assert.deepEqual(await fixture.query('up{app_kubernetes_io_name="orders"}'), {
    orders: '1',
  });
  assert.deepEqual(await fixture.query('scrape_samples_scraped'), {
    ...(await fixture.query('scrape_samples_scraped{job!="kubernetes-pods"}')),
    orders: '4',
  });
  const target = await fixture.target('orders');
  assert.equal(target?.health, 'up');
  assert.equal(target?.labels.job, 'kubernetes-pods');
  const metadata = await fixture.ask('metadata?metric=jobs_total');
  assert.deepEqual(metadata.data, {
    jobs_total: [{ type: 'counter', help: 'Jobs\nof all sorts', unit: '' }],
  });

  fixture.store.remove({
    apiVersion: 'v1',
    kind: 'Pod',
    namespace: 'default',
    name: pod.metadata.name,
  });
  await until(
    () => fixture.query('{pod="orders"}'),
    seen => Object.keys(seen).length === 0,
  );
  assert.equal(await fixture.target('orders'), undefined);
});

test('a series that vanishes ends at once, not after five minutes', async t => {
  const fixture = await PrometheusFixture.start(t);
  let there = true;
  await fixture.pod('orders', (_request, response) =>
    response.end(there ? 'a 1\nb 2\n' : 'a 1\n'),
  );
  await until(
    () => fixture.query('b'),
    seen => seen.orders === '2',
  );
  there = false;
  await until(
    () => fixture.query('b'),
    seen => seen.orders === undefined,
  );
  assert.deepEqual(await fixture.query('a'), { orders: '1' });
});

const HOSTILE: Record<
  string,
  {
    answer: Parameters<PrometheusFixture['pod']>[1];
    says: RegExp;
  }
> = {
  'answers 500': {
    answer: (_request, response) => {
      response.statusCode = 500;
      response.end('a 1\n');
    },
    says: /HTTP status 500/,
  },
  'never answers': { answer: () => {}, says: /no whole answer within 0.1 s/ },
  'sends half and stops': {
    answer: (_request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('a 1\n');
    },
    says: /no whole answer within 0.1 s/,
  },
  'breaks the connection': {
    answer: (_request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('a 1\n', () => response.destroy());
    },
    says: /other side closed|terminated|socket/,
  },
  'sends binary': {
    answer: (_request, response) =>
      response.end(
        Buffer.from(Array.from({ length: 4096 }, (_, i) => i % 256)),
      ),
    says: /^line 1: /,
  },
  'sends half a line': {
    answer: (_request, response) => response.end('a 1\nb{c="d'),
    says: /^line 2: "b\{c="d" is no sample/,
  },
  'sends no numbers': {
    answer: (_request, response) => response.end('a one\n'),
    says: /^line 1: "one" is no number, at a/,
  },
  'sends bad labels': {
    answer: (_request, response) => response.end('a{b=c} 1\n'),
    says: /labels of "a\{b=c\}"/,
  },
  'sends 12 MB': {
    answer: (_request, response) =>
      response.end(`# ${'x'.repeat(12 * 1024 * 1024)}\n`),
    says: /larger than 10485760 bytes|no whole answer/,
  },
};

for (const [what, { answer, says }] of Object.entries(HOSTILE)) {
  test(`a target that ${what} is down, with the reason, and keeps nobody else from being scraped`, async t => {
    const fixture = await PrometheusFixture.start(t);
    let broken = false;
    await fixture.pod('bad', (request, response) => {
      if (broken) answer(request, response);
      else response.end('a 1\n');
    });
    await fixture.pod('good', (_request, response) => response.end('a 1\n'));
    await until(
      () => fixture.query('a'),
      seen => seen.bad === '1' && seen.good === '1',
    );
    broken = true;
    const target = await until(
      () => fixture.target('bad'),
      seen => seen?.health === 'down',
    );
    assert.match(target?.lastError ?? '', says);
    await until(
      () => fixture.query('up{pod!=""}'),
      seen => seen.bad === '0' && seen.good === '1',
    );
    assert.deepEqual(await fixture.query('a'), { good: '1' });
    broken = false;
    await until(
      () => fixture.query('a'),
      seen => seen.bad === '1',
    );
  });
}

test('of a hundred thousand series the first are taken, the rest dropped and said', async t => {
  const fixture = await PrometheusFixture.start(t, { intervalMs: 500 });
  const lines = Array.from(
    { length: 100_000 },
    (_, i) => `many{user="${i}"} ${i}`,
  );
  const body = `${lines.join('\n')}\n`;
  await fixture.pod('bad', (_request, response) => response.end(body));
  const target = await until(
    () => fixture.target('bad'),
    seen => seen?.health === 'up',
  );
  assert.match(target?.lastError ?? '', /more than 5000 series/);
  const answer = await fixture.ask('query?query=count(many)');
  assert.match(JSON.stringify(answer.data), /"5000"/);
  assert.match(
    answer.warnings?.join() ?? '',
    /pod default\/bad: .*5000 series/,
  );
  await until(
    () =>
      fixture.query(
        'prometheus_tsdb_samples_dropped_total{reason="targetLimit"} > 0',
        'reason',
      ),
    seen => seen.targetLimit !== undefined,
  );
});

test('times that a target says itself are honoured, unless they are absurd', async t => {
  const fixture = await PrometheusFixture.start(t);
  const ownMs = Date.now() - 20_000;
  await fixture.pod('orders', (_request, response) =>
    response.end(`late 1 ${ownMs}\nabsurd 2 5000\n`),
  );
  await until(
    () => fixture.query('timestamp(late)'),
    seen => seen.orders === String(ownMs / 1000),
  );
  assert.deepEqual(await fixture.query('absurd'), {});
  const target = await fixture.target('orders');
  assert.match(target?.lastError ?? '', /1 samples were dropped/);
});
