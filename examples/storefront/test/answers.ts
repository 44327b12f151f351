import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { storefrontFolder } from '../../../bin/lib/storefront.ts';

const answersSchema = z.record(
  z.string(),
  z.strictObject({
    /** First line of the message of the commit on `next` that is the fault. */
    commit: z.string(),
    category: z.enum([
      'memory-leak',
      'null-dereference',
      'missing-timeout',
      'n-plus-one',
      'wrong-config',
    ]),
    symptom: z.string(),
    remedy: z.enum(['rollback', 'rollback-or-config']),
    fix: z.string(),
    /** Services that show it too. */
    spreadsTo: z.array(z.string()),
  }),
);

/** Which commit is at fault, by service. For tests and demos alone: nothing that Ghostlight is made of may read it. */
export function readAnswers() {
  const text = readFileSync(join(storefrontFolder, 'answers.yaml'), 'utf8');
  return answersSchema.parse(parse(text));
}
