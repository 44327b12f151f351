import { ageOf } from '../tables/age.ts';
import { textsAt } from '../json-path.ts';
import type { Column } from './kind.ts';

export const nameColumn: Column = {
  name: 'Name',
  format: 'name',
  description: 'Name must be unique within a namespace.',
  cell: object => object.metadata.name,
};

export const ageColumn: Column = {
  name: 'Age',
  description: 'Time since the object was created.',
  cell: (object, now) => ageOf(object.metadata.creationTimestamp, now),
};

/** `a=b,c=d` of the labels at a path, or <none>. */
export function labelsText(value: unknown, ...path: string[]): string {
  const labels = Object.entries(textsAt(value, ...path));
  return labels.map(([key, label]) => `${key}=${label}`).join(',') || '<none>';
}
