/** Writes `openapi.yaml` from the operations: `yarn workspace @ghostlight/plugin-forge-backend generate`. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { stringify } from 'yaml';
import { openApiDocument } from './openapi';

writeFileSync(
  resolve(__dirname, 'openapi.yaml'),
  stringify(openApiDocument(), { aliasDuplicateObjects: false }),
);
