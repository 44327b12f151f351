import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkHouse } from './house.ts';
import { importsOf } from './house-check.ts';

const rooms = [
  { folder: 'packages/backend', name: 'backend' },
  { folder: 'packages/local-cluster', name: '@ghostlight/local-cluster' },
  {
    folder: 'plugins/health-backend',
    name: '@ghostlight/plugin-health-backend',
  },
  { folder: 'plugins/health-common', name: '@ghostlight/plugin-health-common' },
  {
    folder: 'plugins/delivery-backend',
    name: '@ghostlight/plugin-delivery-backend',
  },
  { folder: 'plugins/clusters-node', name: '@ghostlight/plugin-clusters-node' },
];
const edges = {
  'health-backend': ['health-common'],
  backend: ['health-backend'],
};

function breaches(file: string, text: string): string[] {
  return checkHouse(rooms, importsOf(file, text), edges).map(
    breach => `${breach.line}: ${breach.message}`,
  );
}

test('a written edge passes, also as a dynamic import', () => {
  assert.deepEqual(
    breaches(
      'plugins/health-backend/src/a.ts',
      `import { X } from '@ghostlight/plugin-health-common';`,
    ),
    [],
  );
  assert.deepEqual(
    breaches(
      'packages/backend/src/index.ts',
      `backend.add(import('@ghostlight/plugin-health-backend'));`,
    ),
    [],
  );
});

test('a new edge fails and names the line', () => {
  const found = breaches(
    'plugins/health-backend/src/a.ts',
    `\nimport {\n  X,\n} from '@ghostlight/plugin-clusters-node';`,
  );
  assert.equal(found.length, 1);
  assert.match(found[0], /^4: new edge health-backend -> clusters-node/);
});

test('a backend is imported by packages/backend alone', () => {
  const found = breaches(
    'plugins/delivery-backend/src/a.ts',
    `import '@ghostlight/plugin-health-backend';`,
  );
  assert.ok(
    found.some(message => message.includes('is wired in packages/backend')),
  );
});

test('the Kubernetes client lives in clusters-node only, tests excepted', () => {
  const text = `import { KubeConfig } from '@kubernetes/client-node';`;
  assert.equal(breaches('plugins/health-backend/src/a.ts', text).length, 1);
  assert.equal(breaches('plugins/clusters-node/src/a.ts', text).length, 0);
  assert.equal(
    breaches('packages/local-cluster/src/a.test.ts', text).length,
    0,
  );
});

test('pure packages import nothing of ours nor of Backstage', () => {
  assert.ok(
    breaches(
      'packages/local-cluster/src/a.ts',
      `import '@ghostlight/plugin-health-common';`,
    ).length > 0,
  );
  assert.ok(
    breaches(
      'packages/local-cluster/src/a.ts',
      `import type { X } from '@backstage/types';`,
    ).length > 0,
  );
});

test('common packages stay isomorphic', () => {
  assert.equal(
    breaches(
      'plugins/health-common/src/a.ts',
      `import { readFileSync } from 'node:fs';`,
    ).length,
    1,
  );
  assert.equal(
    breaches(
      'plugins/health-common/src/a.ts',
      `import { x } from '@backstage/backend-plugin-api';`,
    ).length,
    1,
  );
});

test('a relative path can not leave its package', () => {
  assert.equal(
    breaches(
      'plugins/health-common/src/a.ts',
      `import { x } from '../../health-backend/src/b';`,
    ).length,
    1,
  );
  assert.equal(
    breaches('plugins/health-common/src/a/b.ts', `import { x } from '../c';`)
      .length,
    0,
  );
});
