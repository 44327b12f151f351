import { z } from 'zod';
import { mapSection } from '../section';

/** `run` and `build`: the cluster's image store reads them too, and both take the same. */
export function commandSection(meta: {
  title: string;
  description: string;
  examples: string[][];
}) {
  const [example] = meta.examples;
  return mapSection({
    schema: z
      .strictObject({
        command: z
          .array(
            z
              .string({ error: 'must be a word; put it in quotes' })
              .min(1, 'must not be empty'),
            {
              error: `must be a list of words, such as [${example.join(
                ', ',
              )}]; no shell reads it`,
            },
          )
          .min(1, 'must name a program')
          .meta({
            title: 'Command',
            description:
              'The program and its arguments, one word each. No shell reads it: no pipes, no variables.',
            examples: meta.examples,
          }),
      })
      .meta({ title: meta.title, description: meta.description }),
    known: {
      keys: ['command'],
      examples: { command: `[${example.join(', ')}]` },
    },
  });
}
