import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { addressOf, call } from '../src/call.ts';
import { joinTrace, withTrace } from '../src/trace.ts';

test('another service is found by the variables of the cluster, else by its name', () => {
  const env = { PRICE_LIST_SERVICE_HOST: '10.0.0.7', PRICE_LIST_SERVICE_PORT: '8081' };
  assert.equal(addressOf('price-list', env), 'http://10.0.0.7:8081');
  assert.equal(addressOf('payments', env), 'http://payments');
});

test('a call carries the trace of the request it is made for', async t => {
  let traceparent: string | undefined;
  const other = createServer((request, response) => {
    traceparent = request.headers.traceparent?.toString();
    response.end('ok');
  });
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  t.after(() => other.close());
  const address = other.address();
  process.env.OTHER_SERVICE_HOST = '127.0.0.1';
  process.env.OTHER_SERVICE_PORT = String(typeof address === 'object' ? address?.port : '');
  const trace = joinTrace();
  const response = await withTrace(trace, () => call('other', '/x'));
  assert.equal(await response.text(), 'ok');
  assert.equal(traceparent, `00-${trace.traceId}-${trace.spanId}-01`);
});
