import assert from 'node:assert/strict';
import { it } from 'node:test';
import { labelSelectorSchema, selects } from './label-selector.ts';

const labels = { app: 'web', tier: 'front' };
const expression = (key: string, operator: string, values?: string[]) => ({
  matchExpressions: [{ key, operator, values }],
});

for (const [selector, wanted] of [
  [{}, false],
  [{ matchLabels: { app: 'web' } }, true],
  [{ matchLabels: { app: 'web', tier: 'back' } }, false],
  [expression('app', 'In', ['api', 'web']), true],
  [expression('none', 'In', ['web']), false],
  [expression('app', 'NotIn', ['web']), false],
  [expression('none', 'NotIn', ['web']), true],
  [expression('tier', 'Exists'), true],
  [expression('tier', 'DoesNotExist'), false],
  [expression('none', 'DoesNotExist'), true],
] as const) {
  it(`${JSON.stringify(selector)} ${
    wanted ? 'selects' : 'does not select'
  }`, () => {
    assert.equal(selects(labelSelectorSchema.parse(selector), labels), wanted);
  });
}
