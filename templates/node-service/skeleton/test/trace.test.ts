import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog } from '../src/log.ts';
import { joinTrace, traceHeaders, withTrace } from '../src/trace.ts';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const INCOMING = `00-${TRACE_ID}-00f067aa0ba902b7-01`;

test('the trace of the caller goes on with a span of our own', () => {
  const trace = joinTrace(INCOMING, 'vendor=1');
  assert.equal(trace.traceId, TRACE_ID);
  assert.notEqual(trace.spanId, '00f067aa0ba902b7');
  assert.deepEqual(traceHeaders(trace), {
    traceparent: `00-${TRACE_ID}-${trace.spanId}-01`,
    tracestate: 'vendor=1',
  });
});

test('a header that is no trace begins a new one', () => {
  for (const header of [
    '',
    'nonsense',
    `ff-${TRACE_ID}-00f067aa0ba902b7-01`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
  ]) {
    const { traceId } = joinTrace(header);
    assert.match(traceId, /^[0-9a-f]{32}$/);
    assert.notEqual(traceId, TRACE_ID);
  }
});

test('a log line carries the trace of the request it belongs to', async () => {
  const lines: string[] = [];
  const log = createLog('info', line => lines.push(line));
  await withTrace(joinTrace(INCOMING), async () => {
    await Promise.resolve();
    log.info('inside', { order: 'a "quoted" one\n' });
  });
  log.debug('too quiet');
  log.error('outside', { error: new Error('broken') });
  const [inside, outside] = lines.map(line => JSON.parse(line));
  assert.equal(lines.length, 2);
  assert.equal(inside.traceId, TRACE_ID);
  assert.equal(inside.level, 'info');
  assert.equal(inside.order, 'a "quoted" one\n');
  assert.equal(outside.traceId, undefined);
  assert.equal(outside.error.message, 'broken');
});
