import { listAt, textAt, textsAt } from '../json-path.ts';

/** Whether labels satisfy a `{matchLabels, matchExpressions}` selector; an empty one matches everything. */
export function matchesSelector(
  selector: unknown,
  labels: Record<string, string>,
): boolean {
  const equal = Object.entries(textsAt(selector, 'matchLabels')).every(
    ([key, value]) => labels[key] === value,
  );
  return (
    equal &&
    listAt(selector, 'matchExpressions').every(expression => {
      const label = labels[textAt(expression, 'key') ?? ''];
      const values = listAt(expression, 'values');
      switch (textAt(expression, 'operator')) {
        case 'In':
          return label !== undefined && values.includes(label);
        case 'NotIn':
          return label === undefined || !values.includes(label);
        case 'Exists':
          return label !== undefined;
        case 'DoesNotExist':
          return label === undefined;
        default:
          return false;
      }
    })
  );
}

/** A selector as text, as kubectl and the scale subresource write it. */
export function selectorText(selector: unknown): string {
  const equal = Object.entries(textsAt(selector, 'matchLabels')).map(
    ([key, value]) => `${key}=${value}`,
  );
  const expressions = listAt(selector, 'matchExpressions').map(expression => {
    const key = textAt(expression, 'key') ?? '';
    const values = listAt(expression, 'values').join(',');
    switch (textAt(expression, 'operator')) {
      case 'In':
        return `${key} in (${values})`;
      case 'NotIn':
        return `${key} notin (${values})`;
      case 'DoesNotExist':
        return `!${key}`;
      default:
        return key;
    }
  });
  return [...equal, ...expressions].join(',');
}
