import {
  PLACEHOLDERS,
  type Placeholder,
  type PlaceholderRules,
} from './placeholders';

/** A placeholder and where it stands. */
export interface Slot {
  placeholder: Placeholder;
  /** In a `=~` or `!~` matcher. */
  isPattern: boolean;
  /** `"`, `'` or a backtick; undefined outside of strings. */
  quote: string | undefined;
}

/** A query of one's own, cut at its placeholders. */
export interface Template {
  parts: Array<string | Slot>;
  /** Why it cannot be used, each a clause that follows the name of its key. */
  mistakes: string[];
}

type Found = Omit<Slot, 'placeholder'> & { name: string };

/** Values a label matcher compares with a pattern. */
const PATTERN_ONLY: Placeholder[] = ['pods', 'revision'];

/**
 * Cuts a query at its placeholders and checks that each stands where its value can be put without changing the query:
 * values within quotes, the window outside of them.
 */
export function compileTemplate(
  text: string,
  rules: PlaceholderRules,
): Template {
  const parts: Template['parts'] = [];
  const mistakes: string[] = [];
  const seen = new Set<string>();
  const allowed = [...rules.required, ...rules.oneOf, ...rules.optional];
  for (const token of tokens(text)) {
    if (typeof token === 'string') {
      parts.push(token);
      continue;
    }
    const placeholder = PLACEHOLDERS.find(known => known === token.name);
    if (!placeholder || !allowed.includes(placeholder)) {
      mistakes.push(
        `has $${token.name}, which means nothing here; there are ${words(
          allowed,
        )}`,
      );
      continue;
    }
    const misplaced = whyMisplaced(placeholder, token);
    if (misplaced) {
      mistakes.push(misplaced);
    }
    seen.add(placeholder);
    const { isPattern, quote } = token;
    parts.push({ placeholder, isPattern, quote });
  }
  const missing = rules.required.filter(name => !seen.has(name));
  if (missing.length > 0) {
    mistakes.push(`has no ${words(missing)}`);
  }
  if (rules.oneOf.length > 0 && !rules.oneOf.some(name => seen.has(name))) {
    mistakes.push(`has neither of ${words(rules.oneOf)}`);
  }
  return { parts, mistakes };
}

function whyMisplaced(
  placeholder: Placeholder,
  { quote, isPattern }: Found,
): string | undefined {
  if (placeholder === 'window') {
    return quote === undefined
      ? undefined
      : 'has $window within quotes; write it as a range: [$window]';
  }
  if (quote !== '"' && quote !== "'") {
    return `has $${placeholder} outside of quotes; write it as the value of a label: "$${placeholder}"`;
  }
  return PATTERN_ONLY.includes(placeholder) && !isPattern
    ? `compares $${placeholder} with =, but it is a pattern: write =~"$${placeholder}"`
    : undefined;
}

/** A name after a dollar sign, wherever it stands. */
const NAMES = /\$([A-Za-z_]+)/g;

/** Text and placeholders in turn. Strings and comments are told apart as PromQL does. */
function* tokens(text: string): Generator<string | Found> {
  const outside = /#[^\n]*|(?<quote>["'`])|\$(?<name>[A-Za-z_]+)/g;
  let done = 0;
  for (;;) {
    const match = outside.exec(text);
    if (!match) {
      break;
    }
    const { quote, name } = match.groups ?? {};
    if (name !== undefined) {
      yield text.slice(done, match.index);
      yield { name, quote: undefined, isPattern: false };
      done = outside.lastIndex;
    } else if (quote !== undefined) {
      const isPattern = /[=!]~\s*$/.test(text.slice(0, match.index));
      const end = endOfString(text, outside.lastIndex, quote);
      for (const inner of text.slice(0, end).matchAll(NAMES)) {
        if (inner.index > match.index) {
          yield text.slice(done, inner.index);
          yield { name: inner[1], quote, isPattern };
          done = inner.index + inner[0].length;
        }
      }
      outside.lastIndex = end;
    }
  }
  yield text.slice(done);
}

/** Where the string ends that begins at `start`; between backticks nothing is escaped. */
function endOfString(text: string, start: number, quote: string): number {
  let at = start;
  while (at < text.length && text[at] !== quote) {
    at += text[at] === '\\' && quote !== '`' ? 2 : 1;
  }
  return Math.min(at + 1, text.length);
}

function words(names: string[]): string {
  return names.map(name => `$${name}`).join(', ');
}
