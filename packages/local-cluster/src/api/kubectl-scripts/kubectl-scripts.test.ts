import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { kubectlMissing } from '../../testing/index.ts';
import { ScriptCluster } from './script-cluster.ts';
import { matches, readTranscript, type Step } from './transcript.ts';

const missing = kubectlMissing();
if (missing !== undefined) {
  process.stderr.write(`skipped: the scripts of kubectl: ${missing}\n`);
}

/** What only looks is asked again: pods take their time, as they do in any cluster. */
const LOOKS =
  /kubectl (get|describe|logs|top|events|rollout (status|history))\b/;
const PATIENCE_MS = 20_000;

async function replay(cluster: ScriptCluster, step: Step): Promise<void> {
  const expected = step.expected.map(line => cluster.fill(line));
  const giveUpAt = Date.now() + PATIENCE_MS;
  let printed = await cluster.run(step.command);
  while (
    !matches(expected, printed) &&
    LOOKS.test(step.command) &&
    Date.now() < giveUpAt
  ) {
    await delay(200);
    printed = await cluster.run(step.command);
  }
  if (matches(expected, printed)) return;
  assert.deepEqual(
    printed,
    expected,
    `line ${step.line}: $ ${step.command}\n${printed.join('\n')}`,
  );
}

describe('kubectl as people use it', { skip: missing ?? false }, () => {
  const names = readdirSync(import.meta.dirname).filter(name =>
    name.endsWith('.txt'),
  );
  for (const name of names) {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8');
    const [title] = text.split('\n');
    it(`${name}: ${title.replace(/^# */, '')}`, async () => {
      const cluster = await ScriptCluster.start();
      try {
        for (const step of readTranscript(text)) await replay(cluster, step);
      } finally {
        await cluster.stop();
      }
    });
  }
});
