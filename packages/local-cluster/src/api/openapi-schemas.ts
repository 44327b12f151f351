import {
  commonDescriptions,
  fieldDescriptions,
  typeDescriptions,
} from './descriptions.ts';
import { kinds, type Kind } from './kinds/index.ts';
import type { ObjectSchema, Schema } from './schema/schema.ts';

type Definition = Record<string, unknown>;

const reference = (name: string) => ({
  allOf: [{ $ref: `#/components/schemas/${name}` }],
});

/** Texts of what the schema knows besides the name: which values, which default, what has no effect here. */
function remarks(schema: Schema): string[] {
  const texts: string[] = [];
  if (schema.type === 'refused') {
    return [`Not supported by the local cluster: ${schema.hint}.`];
  }
  if (schema.warning !== undefined) {
    texts.push(`In the local cluster: ${schema.warning}.`);
  }
  if ('default' in schema && schema.default !== undefined) {
    texts.push(`Default: ${schema.default}.`);
  }
  return texts;
}

/** Collects the named structs on the way; each is written once. */
class Definitions {
  readonly schemas: Record<string, Definition> = {
    Quantity: {
      type: 'string',
      description: 'An amount such as 250m, 2 or 64Mi.',
    },
    IntOrString: {
      type: 'string',
      format: 'int-or-string',
      description: 'A number, or a text such as 25% or the name of a port.',
    },
  };

  fieldOf(owner: string, field: string, schema: Schema): Definition {
    const about =
      fieldDescriptions[owner]?.[field] ?? commonDescriptions[field];
    const texts = [...(about ? [about] : []), ...remarks(schema)];
    return {
      ...this.typeOf(schema),
      ...(texts.length > 0 ? { description: texts.join(' ') } : {}),
    };
  }

  typeOf(schema: Schema): Definition {
    switch (schema.type) {
      case 'string':
        return { type: 'string', ...(schema.oneOf && { enum: schema.oneOf }) };
      case 'integer':
        return { type: 'integer', format: 'int32' };
      case 'boolean':
        return { type: 'boolean' };
      case 'quantity':
        return reference('Quantity');
      case 'intOrString':
        return reference('IntOrString');
      case 'list':
        return { type: 'array', items: this.typeOf(schema.items) };
      case 'map':
        return {
          type: 'object',
          additionalProperties: this.typeOf(schema.values),
        };
      case 'object':
        return this.#objectOf(schema);
      default:
        return { type: 'object' };
    }
  }

  #objectOf(schema: ObjectSchema): Definition {
    const { name } = schema;
    if (name === undefined) return this.propertiesOf('', schema);
    if (!Object.hasOwn(this.schemas, name)) {
      // Before its fields, so that a struct within itself ends.
      this.schemas[name] = {};
      this.schemas[name] = this.propertiesOf(name, schema);
    }
    return reference(name);
  }

  propertiesOf(owner: string, schema: ObjectSchema): Definition {
    // kubectl fills in what every object has.
    const required = (schema.required ?? []).filter(
      field => !['apiVersion', 'kind', 'metadata'].includes(field),
    );
    return {
      type: 'object',
      description: typeDescriptions[owner],
      ...(required.length > 0 ? { required } : {}),
      properties: Object.fromEntries(
        Object.entries(schema.fields).map(([field, inner]) => [
          field,
          this.fieldOf(owner, field, inner),
        ]),
      ),
    };
  }
}

/** What `kubectl explain` reads: the kinds of a group as this cluster understands them. */
export function schemasOf(group: string, version: string) {
  const definitions = new Definitions();
  const served = kinds.filter(
    (kind: Kind) => kind.group === group && kind.version === version,
  );
  for (const { kind, schema } of served) {
    definitions.schemas[kind] = {
      ...definitions.propertiesOf(kind, schema),
      'x-kubernetes-group-version-kind': [{ group, version, kind }],
    };
  }
  return definitions.schemas;
}
