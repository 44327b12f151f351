import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { renderSkeleton } from './render-template.ts';

/** A made service that is gone after the test. */
export function renderForTest(
  t: TestContext,
  parameters: Parameters<typeof renderSkeleton>[1],
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'node-service-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return renderSkeleton(join(folder, 'workspace'), parameters);
}
