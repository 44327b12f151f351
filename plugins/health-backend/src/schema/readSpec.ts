import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { internal } from '@backstage/backend-openapi-utils';
import { parse } from 'yaml';

/** The OpenAPI document that requests are checked against. */
export function readSpec(): internal.RequiredDoc {
  const path = resolvePackagePath(
    '@ghostlight/plugin-health-backend',
    'src/schema/openapi.yaml',
  );
  return parse(readFileSync(path, 'utf8'));
}
