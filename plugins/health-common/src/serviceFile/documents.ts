import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type LineCounter,
  type Node,
} from 'yaml';
import type { Path } from './problem';

export type YamlDocument = ReturnType<typeof parseDocument>;

/** Text of a section whose syntax is by itself, in its place: everything before it is blank, so that lines count on. */
export function splitSections(text: string): string[] {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, index) =>
    /^[A-Za-z"'][^#]*:(\s|$)/.test(line) ? [index] : [],
  );
  return starts.map((start, n) => {
    const end = starts[n + 1] ?? lines.length;
    return '\n'.repeat(start) + lines.slice(start, end).join('\n');
  });
}

export function parseYaml(text: string, lineCounter: LineCounter) {
  return parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    logLevel: 'error',
  });
}

/** The node at a path and its key, or the deepest there is on the way. */
export function locate(
  document: YamlDocument,
  path: Path,
): { key?: Node; value?: Node; exact: boolean } {
  let value: Node | undefined = document.contents ?? undefined;
  let key: Node | undefined;
  for (const part of path) {
    const inside: Node | undefined = isAlias(value)
      ? value.resolve(document)
      : value;
    if (isMap(inside)) {
      const pair = inside.items.find(
        ({ key: each }) => isScalar(each) && String(each.value) === part,
      );
      if (!pair || !isScalar(pair.key)) {
        return { key, value, exact: false };
      }
      key = pair.key;
      value = isNode(pair.value) ? pair.value : undefined;
    } else if (isSeq(inside) && typeof part === 'number') {
      const item = inside.items[part];
      if (!isNode(item)) {
        return { key, value, exact: false };
      }
      key = undefined;
      value = item;
    } else {
      return { key, value, exact: false };
    }
  }
  return { key, value, exact: true };
}

function isNode(value: unknown): value is Node {
  return isAlias(value) || isMap(value) || isScalar(value) || isSeq(value);
}
