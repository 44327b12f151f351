import { isMap, isScalar, LineCounter, type Pair, type YAMLError } from 'yaml';
import type { ServiceFileMistake } from '../types';
import {
  locate,
  parseYaml,
  splitSections,
  type YamlDocument,
} from './documents';
import { unknownKey } from './issues';
import type { BrokenPart, ParsedServiceFile } from './ParsedServiceFile';
import { pathWords, type Path, type Problem } from './problem';
import type { Section } from './section';
import { emptyFile, sections, type ServiceFile } from './sections';
import { syntaxWords } from './syntaxWords';

const MAX_MISTAKES = 100;
/** As many as a person writes by hand; a bomb needs more. */
const MAX_ALIASES = 50;

type SectionName = keyof ServiceFile;
type Registry = { [K in SectionName]: Section<ServiceFile[K]> };

const registry: Registry = sections;
const sectionNames = Object.keys(sections);

function isSectionName(name: string): name is SectionName {
  return Object.hasOwn(sections, name);
}

/** Reads one file; of use once. */
export class FileReader {
  readonly #text: string;
  readonly #file = emptyFile();
  readonly #mistakes: ServiceFileMistake[] = [];
  readonly #broken: BrokenPart[] = [];
  readonly #seen = new Set<string>();

  constructor(text: string) {
    this.#text = text;
  }

  read(): ParsedServiceFile {
    const lines = new LineCounter();
    const document = parseYaml(this.#text, lines);
    if (document.errors.some(isFatal) || hasSectionTwice(document)) {
      this.#readApart(document, lines);
    } else {
      this.#readDocument(document, lines);
    }
    this.#mistakes.sort((a, b) => a.line - b.line || a.column - b.column);
    return {
      file: this.#file,
      mistakes: this.#mistakes.slice(0, MAX_MISTAKES),
      broken: this.#broken,
    };
  }

  /** The syntax is broken somewhere: a bracket that is not closed must not swallow the sections after it. */
  #readApart(document: YamlDocument, lines: LineCounter): void {
    const parts = splitSections(this.#text);
    const before = this.#mistakes.length;
    for (const part of parts) {
      const partLines = new LineCounter();
      const partDocument = parseYaml(part, partLines);
      if (partDocument.errors.some(isFatal)) {
        this.#syntax(partDocument.errors.slice(0, 3), partLines);
        const section = /^["']?(\w+)/.exec(part.trimStart())?.[1];
        this.#broken.push(section && isSectionName(section) ? { section } : {});
      } else {
        this.#readDocument(partDocument, partLines);
      }
    }
    if (parts.length === 0) {
      this.#broken.push({});
    }
    if (this.#mistakes.length === before) {
      this.#syntax(document.errors.slice(0, 3), lines);
    }
  }

  #readDocument(document: YamlDocument, lines: LineCounter): void {
    this.#syntax(document.errors, lines);
    const root = document.contents;
    if (root === null || (isScalar(root) && root.value === null)) {
      return;
    }
    if (!isMap(root)) {
      this.#broken.push({});
      this.#add(
        {
          path: [],
          at: 'value',
          message: 'the file must be a map',
          hint: `begin with one of ${sectionNames.join(', ')}`,
        },
        document,
        lines,
      );
      return;
    }
    let content: unknown;
    try {
      content = document.toJS({ maxAliasCount: MAX_ALIASES });
    } catch (error) {
      if (!(error instanceof ReferenceError)) {
        throw error;
      }
      this.#broken.push({});
      this.#add(
        {
          path: [],
          at: 'value',
          message:
            'the file has aliases (*) that grow too large, or name no anchor (&)',
          hint: 'write the values out',
        },
        document,
        lines,
      );
      return;
    }
    const values = new Map(Object.entries(content ?? {}));
    for (const pair of root.items) {
      this.#readPair(pair, values, document, lines);
    }
  }

  #readPair(
    { key }: Pair,
    values: Map<string, unknown>,
    document: YamlDocument,
    lines: LineCounter,
  ): void {
    const name = isScalar(key) ? String(key.value) : '';
    if (this.#seen.has(name)) {
      this.#add(
        {
          path: [name],
          at: 'key',
          message: 'this key is there twice',
          hint: 'the first one counts; put everything under one of them',
        },
        document,
        lines,
      );
      return;
    }
    this.#seen.add(name);
    if (!isSectionName(name)) {
      this.#add(unknownKey([name], sectionNames), document, lines);
      return;
    }
    const duplicates = document.errors.map(({ pos }) => pos[0]);
    const isBroken = (path: Path) => {
      const range = locate(document, path).value?.range;
      return duplicates.some(
        offset => range && offset >= range[0] && offset < range[2],
      );
    };
    this.#readSection(name, values.get(name), isBroken).forEach(problem =>
      this.#add(problem, document, lines),
    );
  }

  #readSection<K extends SectionName>(
    name: K,
    value: unknown,
    isBroken: (path: Path) => boolean,
  ): Problem[] {
    const section: Section<ServiceFile[K]> = registry[name];
    const result = section.read(value, [name], isBroken);
    this.#file[name] = result.value;
    this.#broken.push(
      ...result.broken.map(item => ({ section: name, name: item })),
    );
    return result.problems;
  }

  #syntax(errors: readonly YAMLError[], lines: LineCounter): void {
    for (const error of errors) {
      const { line, col } = lines.linePos(error.pos[0]);
      this.#mistakes.push({
        line,
        column: col,
        path: '',
        ...syntaxWords(error),
      });
    }
  }

  #add(problem: Problem, document: YamlDocument, lines: LineCounter): void {
    const { key, value, exact } = locate(document, problem.path);
    const node = problem.at === 'key' || !exact ? key ?? value : value ?? key;
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    this.#mistakes.push({
      line: Math.max(1, line),
      column: Math.max(1, col),
      path: pathWords(problem.path),
      message: problem.message,
      ...(problem.hint && { hint: problem.hint }),
    });
  }
}

/** A key that is there twice leaves the rest readable. */
function isFatal({ code }: YAMLError): boolean {
  return code !== 'DUPLICATE_KEY';
}

/** The parser would let the last one count, and lose what the first one says. */
function hasSectionTwice({ contents }: YamlDocument): boolean {
  const keys = isMap(contents)
    ? contents.items.map(({ key }) => (isScalar(key) ? key.value : key))
    : [];
  return new Set(keys).size < keys.length;
}
