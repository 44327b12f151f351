import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { ImageError } from './image-error.ts';

export const SERVICE_FILE = 'ghostlight.yaml';

const commandSchema = z
  .array(z.string().min(1), {
    error:
      'must be a list of words, such as [node, src/main.ts]; no shell reads it',
  })
  .min(1, 'must name a program');

/** Of ghostlight.yaml only these two concern the cluster; the rest belongs to others. */
const serviceFileSchema = z.looseObject({
  build: z.strictObject({ command: commandSchema }).optional(),
  run: z.strictObject({ command: commandSchema }).optional(),
});

/** How a service is built and run. */
export interface ServiceFile {
  build?: string[];
  /** Empty when every container that uses the image has to bring its own command. */
  run: string[];
}

type Document = ReturnType<typeof parseDocument>;

/** Where a value, or the nearest thing around it that exists, begins. */
function offsetOf(document: Document, path: PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent = document.getIn(path.slice(0, depth - 1), true);
    const key = path[depth - 1];
    const pair = isMap(parent)
      ? parent.items.find(item => isScalar(item.key) && item.key.value === key)
      : undefined;
    if (isScalar(pair?.key) && pair.key.range) return pair.key.range[0];
    const node = document.getIn(path.slice(0, depth), true);
    if (isScalar(node) && node.range) return node.range[0];
  }
  return 0;
}

/** @throws ImageError naming the line */
export function parseServiceFile(text: string): ServiceFile {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const at = (offset: number) =>
    `${SERVICE_FILE} line ${lineCounter.linePos(offset).line}`;
  const [broken] = document.errors;
  if (broken) throw new ImageError(`${at(broken.pos[0])}: ${broken.message}`);
  const parsed = serviceFileSchema.safeParse(document.toJS() ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const unknown =
      issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const path = unknown === undefined ? issue.path : [...issue.path, unknown];
    throw new ImageError(
      `${at(offsetOf(document, path))}: ${path.join('.') || 'the file'}: ${
        unknown === undefined
          ? issue.message
          : 'is not known here; known is: command'
      }`,
    );
  }
  const { build, run } = parsed.data;
  return { build: build?.command, run: run?.command ?? [] };
}
