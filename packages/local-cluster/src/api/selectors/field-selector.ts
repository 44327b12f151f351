import { ApiError } from '../../api-error.ts';
import type { KubeObject } from '../../types.ts';
import type { Kind } from '../kinds/index.ts';

export type ObjectMatcher = (object: KubeObject) => boolean;

const TERM = /^([^=!]+?)\s*(==|=|!=)\s*(.*)$/;

/** Kubernetes has two ways to say it: one of kinds with fields of their own, one of the others. */
function unsupported(field: string, known: string[], kind: Kind): string {
  return kind.selectableFields
    ? `field label not supported: ${field}; ${
        kind.plural
      } can be selected by ${known.join(', ')}`
    : `${JSON.stringify(field)} is not a known field selector: only ${known
        .map(each => JSON.stringify(each))
        .join(', ')}`;
}

/** Parses a fieldSelector. @throws ApiError BadRequest that names the fields which the kind can be selected by */
export function parseFieldSelector(text: string, kind: Kind): ObjectMatcher {
  const fields: Record<string, (object: KubeObject) => string> = {
    'metadata.name': object => object.metadata.name,
    'metadata.namespace': object => object.metadata.namespace ?? '',
    ...kind.selectableFields,
  };
  const terms = text
    .split(',')
    .map(term => term.trim())
    .filter(term => term !== '');
  const matchers = terms.map(term => {
    const [, field, operator, value] = TERM.exec(term) ?? [];
    if (field === undefined || !Object.hasOwn(fields, field)) {
      throw new ApiError(
        'BadRequest',
        unsupported(field ?? term, Object.keys(fields), kind),
      );
    }
    const read = fields[field];
    return operator === '!='
      ? (object: KubeObject) => read(object) !== value
      : (object: KubeObject) => read(object) === value;
  });
  return object => matchers.every(matches => matches(object));
}
