const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const LABEL =
  /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,|(?=\}))/sy;
const ESCAPES: Record<string, string> = {
  '\\n': '\n',
  '\\"': '"',
  '\\\\': '\\',
};

const shown = (text: string) =>
  text.length > 80 ? `${text.slice(0, 80)}...` : text;

/** Reads `name{label="value",...}`. @throws Error that says what is wrong */
export function readSeriesText(text: string): [name: string, value: string][] {
  const [name] = METRIC_NAME.exec(text) ?? [];
  if (name === undefined) {
    throw new Error(`"${shown(text)}" does not begin with a metric's name`);
  }
  const labels: [string, string][] = [['__name__', name]];
  const rest = text.slice(name.length).trim();
  if (rest === '') return labels;
  if (!rest.startsWith('{') || !rest.endsWith('}')) {
    throw new Error(`"${shown(text)}" is no series`);
  }
  const seen = new Set<string>();
  LABEL.lastIndex = 1;
  let at = 1;
  while (rest.slice(at).trim() !== '}') {
    LABEL.lastIndex = at;
    const match = LABEL.exec(rest);
    if (!match)
      throw new Error(
        `the labels of "${shown(text)}" are not written as name="value"`,
      );
    if (seen.has(match[1])) {
      throw new Error(`"${shown(text)}" has the label ${match[1]} twice`);
    }
    seen.add(match[1]);
    labels.push([match[1], unescaped(match[2])]);
    at = LABEL.lastIndex;
  }
  return labels;
}

function unescaped(text: string): string {
  return text.includes('\\')
    ? text.replace(/\\./gs, pair => ESCAPES[pair] ?? pair)
    : text;
}
