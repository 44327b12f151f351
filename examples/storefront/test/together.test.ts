import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ServiceProcess, at } from './process.ts';
import { Repositories } from './repositories.ts';

const repositories = new Repositories();
const running: Record<string, ServiceProcess> = {};

before(async () => {
  await repositories.build();
  const start = async (
    name: string,
    needs: string[],
    variables: Record<string, string> = {},
  ) => {
    running[name] = await ServiceProcess.start(await repositories.good(name), {
      ...Object.assign({}, ...needs.map(need => at(need, running[need]))),
      ...variables,
    });
  };
  await Promise.all([
    start('inventory', []),
    start('payments', [], { ACQUIRER_SLOW_SHARE: '0' }),
  ]);
  await Promise.all([
    start('orders', ['inventory', 'payments']),
    start('recommendations', ['inventory']),
  ]);
  await start('web', ['inventory', 'orders', 'recommendations']);
});
after(async () => {
  await Promise.all(Object.values(running).map(service => service.stop()));
  repositories.remove();
});

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

test('one checkout is one trace through web, orders, inventory and payments', async () => {
  const response = await fetch(`${running.web.url}/checkout`, {
    method: 'POST',
    headers: { traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01` },
    body: new URLSearchParams({
      items: 'p-0001:2,p-0040:1',
      customer: 'Ada',
      card: '4000000000000001',
    }),
  });
  assert.equal(response.status, 200);
  assert.match(await response.text(), /Your order o-[0-9a-f]{8} over €/);
  const spans = new Set();
  for (const name of ['web', 'orders', 'inventory', 'payments']) {
    const line = await running[name].says(
      'request',
      ({ trace_id }) => trace_id === TRACE_ID,
    );
    assert.equal(line.service, name);
    assert.match(String(line.method), /^(GET|POST)$/);
    assert.ok(Number(line.status) < 300);
    assert.ok(Number(line.duration_ms) > 0);
    spans.add(line.span_id);
  }
  assert.equal(spans.size, 4);
});

test('a page shows products and suggestions, and its links lead on', async () => {
  const { text } = await running.web.get('/?visitor=v-1');
  const [link] = /\/products\/p-\d{4}/.exec(text) ?? [];
  assert.ok(link);
  assert.match(text, /You may also like/);
  assert.equal((await running.web.get(link)).status, 200);
  assert.equal((await running.web.get('/products/p-9999')).status, 404);
  const odd = await running.web.get('/search?q=%3Cscript%3E');
  assert.match(odd.text, /&lt;script&gt;/);
});

test('shoppers keep the whole shop busy, and nothing is a failure', async () => {
  const shoppers = await ServiceProcess.start(
    await repositories.good('shoppers'),
    { ...at('web', running.web), RATE: '60', PAUSE_MS: '50' },
  );
  running.shoppers = shoppers;
  const checkouts = () => running.payments.metric('payments_charges_total');
  const before = await checkouts();
  while ((await checkouts()) < before + 5) await shoppers.get('/live');
  assert.ok((await shoppers.metric('shoppers_pages_total')) > 20);
  for (const [name, service] of Object.entries(running)) {
    const failed = await service.metric('http_requests_total', 'status="5');
    assert.equal(failed, 0, name);
    const errors = service.lines.filter(({ level }) => level === 'error');
    assert.deepEqual(errors, [], name);
  }
  for (const name of ['inventory', 'orders', 'recommendations', 'web']) {
    const durations = 'http_request_duration_seconds_count';
    assert.ok((await running[name].metric(durations)) > 0, name);
  }
  assert.equal(await shoppers.stop(), 0);
});
