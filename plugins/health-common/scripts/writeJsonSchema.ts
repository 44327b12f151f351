/** Writes `docs/ghostlight.schema.json`: `yarn workspace @ghostlight/plugin-health-common generate`. */
import { writeFileSync } from 'node:fs';
import { serviceFileJsonSchema } from '../src/serviceFile/jsonSchema';

writeFileSync(
  '../../docs/ghostlight.schema.json',
  `${JSON.stringify(serviceFileJsonSchema(), undefined, 2)}\n`,
);
