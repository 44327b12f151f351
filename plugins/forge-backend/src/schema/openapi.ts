import { JsonObject } from '@backstage/types';
import { z } from 'zod/v3';
import zodToJsonSchema from 'zod-to-json-schema';
import { components } from './schemas';
import { Operation, operations } from '../operations';

/** What Backstage answers when something fails. */
const PROBLEM = {
  type: 'object',
  required: ['error', 'response'],
  properties: {
    error: {
      type: 'object',
      required: ['name', 'message'],
      properties: {
        name: { type: 'string' },
        message: { type: 'string' },
      },
    },
    request: {
      type: 'object',
      properties: {
        method: { type: 'string' },
        url: { type: 'string' },
      },
    },
    response: {
      type: 'object',
      required: ['statusCode'],
      properties: { statusCode: { type: 'integer' } },
    },
  },
} as const;

/** JSON Schema of a shape, where named shapes are references to the document's components. */
function convert(schema: z.ZodTypeAny): {
  schema: JsonObject;
  schemas: JsonObject;
} {
  const converted = zodToJsonSchema(schema, {
    target: 'openApi3',
    basePath: ['#', 'components'],
    definitionPath: 'schemas',
    definitions: components,
    effectStrategy: 'input',
  });
  const { schemas, ...own } = JSON.parse(JSON.stringify(converted));
  return { schema: own, schemas };
}

const jsonSchema = (schema: z.ZodTypeAny) => convert(schema).schema;

/** Whether a parameter may be absent is said beside its schema, not in it. */
function required(schema: z.ZodTypeAny): z.ZodTypeAny {
  return schema instanceof z.ZodOptional ? required(schema.unwrap()) : schema;
}

function describeOperation(id: string, operation: Operation): JsonObject {
  const fields: Record<string, z.ZodTypeAny> = operation.input.shape;
  const inPath = [...operation.path.matchAll(/:(\w+)/g)].map(([, key]) => key);
  const rest = Object.keys(fields).filter(key => !inPath.includes(key));
  const parameter = (key: string, where: 'path' | 'query') => ({
    name: key,
    in: where,
    required: where === 'path' || !fields[key].isOptional(),
    // encodeURIComponent leaves "(", "*" and others as they are, which paths of files may have.
    ...(where === 'query' && { allowReserved: true, allowEmptyValue: true }),
    schema: jsonSchema(required(fields[key])),
  });
  const hasBody = operation.method === 'post' && rest.length > 0;
  const bodyShape = z.object(
    Object.fromEntries(rest.map(key => [key, fields[key]])),
  );
  return {
    operationId: id,
    summary: operation.title,
    description: operation.description,
    ...(operation.permission && {
      'x-ghostlight-permission': operation.permission.name,
    }),
    parameters: [
      ...inPath.map(key => parameter(key, 'path')),
      ...(operation.method === 'post'
        ? []
        : rest.map(key => parameter(key, 'query'))),
    ],
    ...(hasBody && {
      requestBody: {
        required: !bodyShape.safeParse({}).success,
        content: { 'application/json': { schema: jsonSchema(bodyShape) } },
      },
    }),
    responses: {
      [String(operation.status ?? 200)]: {
        description: operation.title,
        content: {
          'application/json': { schema: jsonSchema(operation.output) },
        },
      },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

/** The OpenAPI document of all operations; `openapi.yaml` is this, written down for readers and for `openapi-typescript`. */
export function openApiDocument() {
  const paths: Record<string, JsonObject> = {};
  for (const [id, operation] of Object.entries(operations)) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [operation.method]: describeOperation(id, operation),
    };
  }
  return {
    openapi: '3.0.3',
    info: {
      title: 'forge',
      version: '1',
      description: 'Repositories and change requests.',
      license: {
        name: 'Apache-2.0',
        url: 'https://www.apache.org/licenses/LICENSE-2.0.html',
      },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: { JWT: { type: 'http' as const, scheme: 'bearer' } },
      responses: {
        Problem: {
          description: 'What failed, on what, and what to do',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Problem' },
            },
          },
        },
      },
      schemas: {
        ...convert(z.object({})).schemas,
        Problem: PROBLEM,
      },
    },
    security: [{ JWT: [] }],
  };
}
