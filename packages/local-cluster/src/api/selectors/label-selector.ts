import { ApiError } from '../../api-error.ts';

export type Labels = Record<string, string>;
export type LabelMatcher = (labels: Labels) => boolean;

const KEY = '[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?(/[-A-Za-z0-9_.]+)?';
const VALUE = '[-A-Za-z0-9_.]*';
const SET = new RegExp(`^(${KEY})\\s+(in|notin)\\s+\\(([^()]*)\\)$`);
const EQUAL = new RegExp(`^(${KEY})\\s*(==|=|!=)\\s*(${VALUE})$`);
const EXISTS = new RegExp(`^(!?)\\s*(${KEY})$`);

function requirement(term: string): LabelMatcher {
  const set = SET.exec(term);
  if (set) {
    const key = set[1];
    const negated = set[4] === 'notin';
    const values = set[5].split(',').map(value => value.trim());
    return labels =>
      negated
        ? !(key in labels) || !values.includes(labels[key])
        : key in labels && values.includes(labels[key]);
  }
  const equal = EQUAL.exec(term);
  if (equal) {
    const key = equal[1];
    const value = equal[5];
    return equal[4] === '!='
      ? labels => labels[key] !== value
      : labels => labels[key] === value;
  }
  const exists = EXISTS.exec(term);
  if (exists) {
    const key = exists[2];
    return exists[1] === '!'
      ? labels => !(key in labels)
      : labels => key in labels;
  }
  throw new ApiError(
    'BadRequest',
    `unable to parse the labelSelector at "${term}": write key=value, key!=value, key in (a,b), key notin (a,b), key or !key, joined by commas`,
  );
}

/** Parses a labelSelector as clients send it. @throws ApiError BadRequest */
export function parseLabelSelector(text: string): LabelMatcher {
  const terms = text
    .split(/,(?![^(]*\))/)
    .map(term => term.trim())
    .filter(term => term !== '');
  const requirements = terms.map(requirement);
  return labels => requirements.every(matches => matches(labels));
}
