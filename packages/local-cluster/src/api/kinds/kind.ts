import type { Clock, KubeObject, Store } from '../../types.ts';
import type { FieldError } from '../schema/decode.ts';
import type { ObjectSchema, TextRule } from '../schema/schema.ts';

export type Verb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'update'
  | 'patch'
  | 'delete'
  | 'deletecollection';

export const READ: Verb[] = ['get', 'list', 'watch'];
export const ALL: Verb[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

/** A column of a printed table. */
export interface Column {
  name: string;
  type?: 'string' | 'integer' | 'date';
  format?: 'name';
  description: string;
  /** Shown with `-o wide` only. */
  wide?: boolean;
  cell(object: KubeObject, now: Date): string | number;
}

/** Everything the API knows about one kind. */
export interface Kind {
  /** '' for the core group */
  group: string;
  version: string;
  kind: string;
  plural: string;
  singular: string;
  shortNames?: string[];
  categories?: string[];
  namespaced: boolean;
  verbs: Verb[];
  subresources: ('status' | 'scale' | 'log')[];
  nameRule: TextRule;
  /** metadata, spec, status, ... of the whole object */
  schema: ObjectSchema;
  columns: Column[];
  /** Fields that a fieldSelector may name besides metadata.name and metadata.namespace. */
  selectableFields?: Record<string, (object: KubeObject) => string>;
  /** Rewrites another way of writing the same before anything else looks at the input. */
  normalise?(object: KubeObject): KubeObject;
  /** Defaults that depend on more than one field; the schema's own are filled already. */
  complete?(object: KubeObject): KubeObject;
  /** What the schema cannot say: rules between fields. */
  check?(object: KubeObject): FieldError[];
  /** Fields that may not change, and the like. */
  checkUpdate?(next: KubeObject, current: KubeObject): FieldError[];
  /** Status of an object just created. */
  initialStatus?(object: KubeObject): Record<string, unknown>;
  /** Writes what is only kept up to date for those who look. */
  beforeRead?(parts: { store: Store; clock: Clock }): void;
}

export const apiVersionOf = ({
  group,
  version,
}: Pick<Kind, 'group' | 'version'>) =>
  group === '' ? version : `${group}/${version}`;

/** `deployments.apps`, as Kubernetes names a resource in messages. */
export const resourceName = ({
  group,
  plural,
}: Pick<Kind, 'group' | 'plural'>) =>
  group === '' ? plural : `${plural}.${group}`;
