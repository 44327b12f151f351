import { FileReader } from './FileReader';
import type { ParsedServiceFile } from './ParsedServiceFile';
import { emptyFile } from './sections';

/**
 * Name of the file.
 *
 * @public
 */
export const SERVICE_FILE = 'ghostlight.yaml';

/**
 * The largest file that is read, bytes.
 *
 * @public
 */
export const MAX_SERVICE_FILE_BYTES = 256 * 1024;

/**
 * Reads `ghostlight.yaml`. Never throws: what is wrong becomes a mistake with its line, and what is right counts,
 * whatever else is wrong. Where even the syntax is broken, each section counts that can be read by itself.
 *
 * @public
 */
export function parseServiceFile(
  input: string | Uint8Array,
): ParsedServiceFile {
  const bytes =
    typeof input === 'string' ? new TextEncoder().encode(input) : input;
  if (bytes.length > MAX_SERVICE_FILE_BYTES) {
    return whole(
      `the file has ${Math.ceil(bytes.length / 1024)} KiB; at most ${
        MAX_SERVICE_FILE_BYTES / 1024
      } KiB are read`,
      'it is for settings; keep data elsewhere',
    );
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return whole('the file is not UTF-8', 'save it with the encoding UTF-8');
  }
  try {
    return new FileReader(text).read();
  } catch (error) {
    // The parser is recursive: only absurd nesting makes it fail otherwise than by errors of its own.
    if (error instanceof RangeError) {
      return whole('the file is nested too deep', 'a few levels are enough');
    }
    throw error;
  }
}

function whole(message: string, hint: string): ParsedServiceFile {
  return {
    file: emptyFile(),
    mistakes: [{ line: 1, column: 1, path: '', message, hint }],
    broken: [{}],
  };
}
