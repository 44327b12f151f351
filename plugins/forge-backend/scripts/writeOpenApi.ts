/** Writes `openapi.yaml` from the operations: `yarn workspace @ghostlight/plugin-forge-backend generate`. */
import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { openApiDocument } from '../src/schema/openapi';

writeFileSync(
  'src/schema/openapi.yaml',
  stringify(openApiDocument(), { aliasDuplicateObjects: false }),
);
