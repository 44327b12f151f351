import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentOf } from './openapi.ts';

interface Schema {
  description?: string;
  properties?: Record<string, Schema>;
}

const schemasOf = (path: string): [string, Schema][] =>
  Object.entries(documentOf(path).components.schemas);

describe('the published OpenAPI', () => {
  it('describes every kind and struct, and every field of theirs', () => {
    for (const [name, schema] of [
      ...schemasOf('api/v1'),
      ...schemasOf('apis/apps/v1'),
      ...schemasOf('apis/discovery.k8s.io/v1'),
    ]) {
      assert.ok(schema.description, name);
      const missing = Object.entries(schema.properties ?? {})
        .filter(([, { description }]) => !description)
        .map(([field]) => field);
      assert.deepEqual(missing, [], name);
    }
  });

  it('names each struct that it refers to', () => {
    for (const path of ['api/v1', 'apis/apps/v1']) {
      const text = JSON.stringify(documentOf(path));
      const known = schemasOf(path).map(([name]) => name);
      const named = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)];
      assert.ok(named.length > 20);
      for (const [, name] of named) assert.ok(known.includes(name), name);
    }
  });
});
