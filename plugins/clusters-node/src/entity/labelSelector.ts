import { InputError } from '@backstage/errors';

/**
 * One requirement of a label selector.
 *
 * @public
 */
export interface Requirement {
  key: string;
  operator: 'in' | 'notin' | 'exists' | 'absent';
  values: string[];
}

const KEY = '[A-Za-z0-9./_-]+';
const VALUE = '[A-Za-z0-9._-]*';
const REQUIREMENT = new RegExp(
  `^(?:(?<absent>!\\s*${KEY})|(?<key>${KEY})\\s*(?:(?<equality>==?|!=)\\s*(?<value>${VALUE})|(?<set>\\s(?:in|notin))\\s*\\((?<values>[^()]*)\\))?)$`,
);

/**
 * Reads `app=orders,tier in (web, api),!legacy`.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 * @throws `InputError`
 */
export function parseLabelSelector(selector: string): Requirement[] {
  return selector
    .split(/,(?![^(]*\))/)
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(part => parseRequirement(part, selector));
}

function parseRequirement(part: string, selector: string): Requirement {
  const groups = REQUIREMENT.exec(part)?.groups;
  if (!groups) {
    throw new InputError(`"${selector}" is not a label selector: "${part}"`);
  }
  if (groups.absent) {
    return {
      key: groups.absent.slice(1).trim(),
      operator: 'absent',
      values: [],
    };
  }
  const { key, equality, value, set, values } = groups;
  if (equality) {
    const operator = equality === '!=' ? 'notin' : 'in';
    return { key, operator, values: [value] };
  }
  if (set) {
    const operator = set.trim() === 'in' ? 'in' : 'notin';
    return { key, operator, values: values.split(',').map(v => v.trim()) };
  }
  return { key, operator: 'exists', values: [] };
}

/**
 * Whether labels meet all requirements.
 *
 * @public
 */
export function matchesLabels(
  requirements: Requirement[],
  labels: Record<string, string>,
): boolean {
  return requirements.every(({ key, operator, values }) => {
    const present = Object.hasOwn(labels, key);
    switch (operator) {
      case 'in':
        return present && values.includes(labels[key]);
      case 'notin':
        return !present || !values.includes(labels[key]);
      case 'exists':
        return present;
      default:
        return !present;
    }
  });
}
