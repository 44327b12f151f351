import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { serviceFileJsonSchema } from './jsonSchema';
import { parseServiceFile } from './parseServiceFile';

const validate = new Ajv({ strict: false }).compile(serviceFileJsonSchema());

it('is what docs/ghostlight.schema.json says', () => {
  const published = join(__dirname, '../../../../docs/ghostlight.schema.json');
  // When this fails: yarn workspace @ghostlight/plugin-health-common generate
  expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(
    serviceFileJsonSchema(),
  );
});

it('describes every key, for completion', () => {
  const { properties } = serviceFileJsonSchema();
  const keys = JSON.stringify(properties);
  for (const key of [
    'objective',
    'threshold',
    'above',
    'severity',
    'command',
  ]) {
    expect(keys).toContain(`"${key}":{`);
  }
  expect(properties).toMatchObject({
    slos: {
      items: {
        required: ['name', 'kind', 'objective', 'window'],
        additionalProperties: false,
        properties: {
          objective: { title: 'Objective', examples: expect.any(Array) },
        },
      },
    },
  });
});

it.each([
  'run: { command: [node, main.js] }',
  'slos: [{ name: a, kind: availability, objective: 99.9 %, window: 30d }]',
  'slos: [{ name: a, kind: availability, objective: 99.9, window: 30d }]',
  'slos: [{ name: a, kind: availability, objective: 0.999, window: P4W }]',
  'slos: [{ name: a, kind: latency, objective: 0.999, window: 30d }]',
  'slos: [{ name: a, kind: latency, objective: 95%, window: 30d, threshold: 1s }]',
  'slos: [{ name: a, kind: latency, objective: 95%, window: 30 days, threshold: 300 }]',
  'slos: [{ name: a, kind: availability, objective: 95%, window: 30d, threshold: 1s }]',
  'alerts: [{ name: a, metric: errors, above: 5 %, for: 2m }]',
  'alerts: [{ name: a, metric: errors }]',
  'alerts: [{ name: a, metric: errors, above: 1 %, below: 2 % }]',
  'alerts: [{ name: a, metric: errors, above: 1 %, for: 2 minutes }]',
  'colour: red',
])('agrees with the reader about %s', text => {
  expect(validate(parse(text))).toBe(
    parseServiceFile(text).mistakes.length === 0,
  );
});
