import { InputError } from '@backstage/errors';
import { z } from 'zod/v3';
import type { FileWrite } from '../git/write';
import { fileChange } from '../schema/schemas';

/** @throws InputError when a path comes twice, is a folder of another, or content is no base64 */
export function fileWrites(
  changes: z.output<typeof fileChange>[],
): FileWrite[] {
  const written = new Set<string>();
  for (const { path, content } of changes) {
    if (written.has(path)) throw new InputError(`'${path}' is given twice`);
    if (content !== undefined) written.add(path);
  }
  return changes.map(({ path, content, encoding, mode }) => {
    const parts = path.split('/');
    const above = parts
      .map((_, length) => parts.slice(0, length).join('/'))
      .find(folder => written.has(folder));
    if (above) {
      throw new InputError(
        `'${above}' cannot be a file and the folder of '${path}'`,
      );
    }
    if (
      content !== undefined &&
      encoding === 'base64' &&
      !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(content)
    ) {
      throw new InputError(`The content of '${path}' is not base64`);
    }
    return {
      path,
      content:
        content === undefined ? undefined : Buffer.from(content, encoding),
      mode,
    };
  });
}
