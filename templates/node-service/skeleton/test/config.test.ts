import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../src/config.ts';

test('without variables it listens on 8080 and logs from info on', () => {
  const { port, logLevel } = readConfig({});
  assert.deepEqual({ port, logLevel }, { port: 8080, logLevel: 'info' });
});

test('a variable that makes no sense is named', () => {
  assert.throws(
    () => readConfig({ PORT: 'http' }),
    /PORT must be a whole number from 0 to 65535, not "http"/,
  );
  assert.throws(() => readConfig({ PORT: '70000' }), /PORT/);
  assert.throws(
    () => readConfig({ LOG_LEVEL: 'loud' }),
    /LOG_LEVEL must be one of debug, info, warn, error/,
  );
});
