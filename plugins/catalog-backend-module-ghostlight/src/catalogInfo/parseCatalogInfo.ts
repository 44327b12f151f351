import {
  DEFAULT_NAMESPACE,
  Entity,
  entityEnvelopeSchemaValidator,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { Document, LineCounter, isNode, parseAllDocuments } from 'yaml';

export const CATALOG_INFO = 'catalog-info.yaml';

/**
 * What a repository may declare. Not people and teams, which decide who owns what; not templates, which run with the
 * rights of those who use them; not locations, which would bring in anything from elsewhere.
 */
const KINDS = ['Component', 'API', 'Resource', 'System', 'Domain'];

const MAX_ENTITIES = 50;

/** What a `catalog-info.yaml` declares, and each thing that is wrong with it as `file:line: what`. */
export type CatalogInfo = { entities: Entity[]; problems: string[] };

/** Reads a `catalog-info.yaml`. What is wrong is a part of the answer, because an earlier version may still be good. */
export function parseCatalogInfo(text: string): CatalogInfo {
  const lines = new LineCounter();
  const entities: Entity[] = [];
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const document of parseAllDocuments(text, { lineCounter: lines })) {
    const lineOf = (...path: string[]) => lineIn(document, lines, path);
    for (const error of document.errors) {
      const { line } = lines.linePos(error.pos[0]);
      const [summary] = error.message.split('\n');
      problems.push(
        `${CATALOG_INFO}:${line}: ${summary.replace(/ at line .*$/, '')}`,
      );
    }
    const value = document.errors.length === 0 ? valueOf(document) : undefined;
    if (value === undefined || value === null) {
      continue;
    }
    const read = readEntity(value);
    if ('problem' in read) {
      problems.push(`${CATALOG_INFO}:${lineOf(...read.path)}: ${read.problem}`);
      continue;
    }
    const ref = stringifyEntityRef(read.entity);
    if (seen.has(ref)) {
      problems.push(`${CATALOG_INFO}:${lineOf()}: ${ref} is declared twice`);
    }
    seen.add(ref);
    entities.push(read.entity);
  }
  if (entities.length === 0 && problems.length === 0) {
    problems.push(`${CATALOG_INFO}:1: declares no entity`);
  }
  if (entities.length > MAX_ENTITIES) {
    problems.push(
      `${CATALOG_INFO}:1: declares ${entities.length} entities; at most ${MAX_ENTITIES} are read`,
    );
  }
  return { entities, problems };
}

function readEntity(
  value: unknown,
): { entity: Entity } | { problem: string; path: string[] } {
  let entity: Entity;
  try {
    entity = entityEnvelopeSchemaValidator()(value);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { problem: message, path: [] };
  }
  if (!KINDS.includes(entity.kind)) {
    return {
      problem: `a repository may not declare a ${
        entity.kind
      }; it may declare ${KINDS.join(', ')}`,
      path: ['kind'],
    };
  }
  const { namespace } = entity.metadata;
  if (namespace !== undefined && namespace !== DEFAULT_NAMESPACE) {
    return {
      problem: `namespace ${namespace} is not that of the forge's entities, which is ${DEFAULT_NAMESPACE}; leave it out`,
      path: ['metadata', 'namespace'],
    };
  }
  return {
    entity: {
      ...entity,
      metadata: { ...entity.metadata, namespace: DEFAULT_NAMESPACE },
    },
  };
}

function valueOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return String(error);
  }
}

function lineIn(
  document: Document.Parsed,
  lines: LineCounter,
  path: string[],
): number {
  const node = path.length > 0 ? document.getIn(path, true) : undefined;
  const offset =
    (isNode(node) ? node.range?.[0] : undefined) ??
    document.contents?.range?.[0] ??
    0;
  return lines.linePos(offset).line;
}
