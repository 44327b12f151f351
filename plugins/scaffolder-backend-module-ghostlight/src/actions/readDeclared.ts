import {
  DEFAULT_NAMESPACE,
  Entity,
  entityEnvelopeSchemaValidator,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { LineCounter, parseAllDocuments } from 'yaml';

/** The entity that a `catalog-info.yaml` is about: its first Component, or else its first entity. */
export function readDeclared(text: string): Entity {
  const lines = new LineCounter();
  const validate = entityEnvelopeSchemaValidator();
  const entities: Entity[] = [];
  for (const document of parseAllDocuments(text, { lineCounter: lines })) {
    const [error] = document.errors;
    if (error) {
      const { line } = lines.linePos(error.pos[0]);
      throw new InputError(
        `catalog-info.yaml:${line}: ${error.message
          .split('\n')[0]
          .replace(/ at line .*$/, '')}`,
      );
    }
    const value: unknown = document.toJS({ maxAliasCount: 50 });
    if (value !== null && value !== undefined) {
      const entity: Entity = validate(value);
      entities.push({
        ...entity,
        metadata: { ...entity.metadata, namespace: DEFAULT_NAMESPACE },
      });
    }
  }
  const declared =
    entities.find(({ kind }) => kind === 'Component') ?? entities.at(0);
  if (!declared) {
    throw new InputError('catalog-info.yaml declares no entity');
  }
  return declared;
}
