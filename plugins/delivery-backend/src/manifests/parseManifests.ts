import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  Document,
  LineCounter,
  isMap,
  isScalar,
  parseAllDocuments,
} from 'yaml';
import { z } from 'zod';

/** A file of a repository at one commit. */
export type SourceFile = { path: string; text: string };

/** One object of a manifest and where it was written. */
export type Manifest = {
  file: string;
  /** Of the document's first line, from 1. */
  line: number;
  object: KubernetesManifest;
  /** The line of a place inside of the object. */
  lineOf(path: ReadonlyArray<string | number>): number;
};

const metadata = z.looseObject({
  name: z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
      'must be lower case letters, digits, dots and dashes',
    ),
  namespace: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

const manifestSchema = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata,
});

/** What every object has; the rest of it is kept as it is. */
export type KubernetesManifest = z.infer<typeof manifestSchema>;

/** Files and bytes beyond which a folder of manifests is a mistake. */
const MAX_FILES = 50;
const MAX_CHARACTERS = 256 * 1024;

/**
 * Reads the objects of manifest files.
 *
 * @throws InputError that names each problem as `file:line: what is wrong`.
 */
export function parseManifests(files: readonly SourceFile[]): Manifest[] {
  if (files.length > MAX_FILES) {
    throw new InputError(
      `k8s/ has ${files.length} files; Ghostlight reads at most ${MAX_FILES}`,
    );
  }
  const manifests: Manifest[] = [];
  const problems: string[] = [];
  for (const file of files) {
    if (!/^k8s\/[A-Za-z0-9_][A-Za-z0-9._-]*\.ya?ml$/.test(file.path)) {
      problems.push(`${file.path}: is not a manifest directly in k8s/`);
    } else if (file.text.length > MAX_CHARACTERS) {
      problems.push(`${file.path}: is larger than 256 KiB`);
    } else {
      readFile(file, manifests, problems);
    }
  }
  throwProblems(problems);
  return manifests;
}

/** @throws InputError with all problems, if there are any. */
export function throwProblems(problems: readonly string[]): void {
  if (problems.length > 0) {
    throw new InputError(problems.join('\n'));
  }
}

function readFile(
  file: SourceFile,
  manifests: Manifest[],
  problems: string[],
): void {
  const lines = new LineCounter();
  const documents = parseAllDocuments(file.text, { lineCounter: lines });
  for (const document of documents) {
    const line = lines.linePos(document.contents?.range?.[0] ?? 0).line;
    for (const error of document.errors) {
      const at = lines.linePos(error.pos[0]).line;
      const [summary] = error.message.split('\n');
      problems.push(
        `${file.path}:${at}: ${summary.replace(/ at line .*$/, '')}`,
      );
    }
    if (document.errors.length === 0 && !isEmpty(document)) {
      readDocument(file.path, line, document, lines, manifests, problems);
    }
  }
}

function isEmpty({ contents }: Document.Parsed): boolean {
  return contents === null || (isScalar(contents) && contents.value === null);
}

function readDocument(
  file: string,
  line: number,
  document: Document.Parsed,
  lines: LineCounter,
  manifests: Manifest[],
  problems: string[],
): void {
  if (!isMap(document.contents)) {
    problems.push(`${file}:${line}: is not a Kubernetes object`);
    return;
  }
  const lineOf = (path: ReadonlyArray<string | number>) => {
    for (let depth = path.length; depth > 0; depth--) {
      const node: unknown = document.getIn(path.slice(0, depth), true);
      const range = rangeOf(node);
      if (range !== undefined) {
        return lines.linePos(range).line;
      }
    }
    return line;
  };
  let json: JsonObject;
  try {
    json = document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    problems.push(`${file}:${line}: ${String(error)}`);
    return;
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) {
    manifests.push({ file, line, object: parsed.data, lineOf });
    return;
  }
  for (const issue of parsed.error.issues) {
    const path = issue.path.map(key => (typeof key === 'symbol' ? '' : key));
    const where = path.join('.');
    problems.push(`${file}:${lineOf(path)}: ${where}: ${issue.message}`);
  }
}

function rangeOf(node: unknown): number | undefined {
  const shape = z.object({ range: z.tuple([z.number()]).rest(z.number()) });
  const parsed = shape.safeParse(node);
  return parsed.success ? parsed.data.range[0] : undefined;
}
