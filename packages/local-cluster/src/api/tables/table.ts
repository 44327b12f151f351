import type { KubeObject } from '../../types.ts';
import type { Column, Kind } from '../kinds/index.ts';

export type IncludeObject = 'Metadata' | 'Object' | 'None';

const definitionOf = ({ name, type, format, description, wide }: Column) => ({
  name,
  type: type ?? 'string',
  format: format ?? '',
  description,
  priority: wide ? 1 : 0,
});

function rowObject(object: KubeObject, include: IncludeObject) {
  if (include === 'None') return {};
  if (include === 'Object') return { object };
  return {
    object: {
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: object.metadata,
    },
  };
}

/** The `Table` that kubectl prints. */
export function tableOf(
  kind: Pick<Kind, 'columns'>,
  objects: KubeObject[],
  options: {
    include: IncludeObject;
    now: Date;
    metadata?: Record<string, unknown>;
    /** Definitions are left out of the later events of a watch. */
    withColumns?: boolean;
  },
) {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: options.metadata ?? {},
    columnDefinitions:
      options.withColumns === false ? null : kind.columns.map(definitionOf),
    rows: objects.map(object => ({
      cells: kind.columns.map(column => column.cell(object, options.now)),
      ...rowObject(object, options.include),
    })),
  };
}
