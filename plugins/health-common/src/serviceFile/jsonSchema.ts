import { z } from 'zod';
import { sections } from './sections';

/**
 * The JSON Schema of `ghostlight.yaml`, for editors: draft 7, which is what most of them know.
 *
 * @public
 */
export function serviceFileJsonSchema(): Record<string, unknown> {
  const properties = Object.fromEntries(
    Object.entries(sections).map(([name, { schema }]) => {
      const { $schema: _, ...rest } = z.toJSONSchema(schema, {
        io: 'input',
        target: 'draft-7',
        unrepresentable: 'any',
      });
      return [name, rest];
    }),
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'ghostlight.yaml',
    description:
      'What a team decides about its own service: how it runs, what it promises, when somebody has to look.',
    type: 'object',
    additionalProperties: false,
    properties,
  };
}
