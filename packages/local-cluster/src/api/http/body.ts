import type { IncomingMessage } from 'node:http';
import { parseDocument } from 'yaml';
import { ApiError } from '../../api-error.ts';
import { decodeProtobuf } from '../protobuf/decode-object.ts';

/** Kubernetes' own limit of a request body. */
export const BODY_LIMIT_BYTES = 3 * 1024 * 1024;

const tooLarge = () =>
  new ApiError(
    'RequestEntityTooLarge',
    `the request body is larger than ${BODY_LIMIT_BYTES} bytes (3 MiB), the most an object may have`,
  );

/** @throws ApiError RequestEntityTooLarge; the rest of the body is then not read, so the connection has to be closed */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES) {
    throw tooLarge();
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ApiError(
      'BadRequest',
      `the body is not valid JSON: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
}

/** JSON is YAML, and several times faster to parse. */
function parseQuickly(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // flow YAML, or an error that the YAML parser explains better
  }
}

function parseYaml(text: string): unknown {
  const quick = parseQuickly(text);
  if (quick !== undefined) return quick;
  try {
    const document = parseDocument(text, { uniqueKeys: true });
    const [problem] = document.errors;
    if (problem?.code === 'MULTIPLE_DOCS') {
      throw new Error('it holds several documents: send one object a request');
    }
    if (problem) throw problem;
    // An alias may stand for at most this many nodes: a body of 3 MiB must not become one of 3 GiB.
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new ApiError(
      'BadRequest',
      `the body is not valid YAML: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
}

type Format = 'json' | 'yaml' | 'protobuf';

const OBJECT_TYPES: Record<string, Format> = {
  'application/json': 'json',
  '': 'json',
  'application/yaml': 'yaml',
  'application/x-yaml': 'yaml',
  'text/yaml': 'yaml',
  'application/vnd.kubernetes.protobuf': 'protobuf',
};

export const mediaTypeOf = (request: IncomingMessage) =>
  (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();

/** Reads the body of an object by its content type. @throws ApiError UnsupportedMediaType, BadRequest */
export function decodeBody(
  request: IncomingMessage,
  bytes: Buffer,
  accepted?: Record<string, 'json' | 'yaml'>,
): unknown {
  const type = mediaTypeOf(request);
  const formats: Record<string, Format> = accepted ?? OBJECT_TYPES;
  const format = Object.hasOwn(formats, type) ? formats[type] : undefined;
  if (format === undefined) {
    throw new ApiError(
      'UnsupportedMediaType',
      `the local cluster does not read ${
        type || 'a body without content type'
      } here: send ${Object.keys(formats)
        .filter(each => each !== '')
        .join(' or ')}`,
    );
  }
  if (format === 'protobuf') return decodeProtobuf(bytes);
  const text = bytes.toString('utf8');
  if (text.trim() === '') {
    throw new ApiError('BadRequest', 'the request has no body: send an object');
  }
  return format === 'json' ? parseJson(text) : parseYaml(text);
}

/** @param accepted - the media types of other bodies than objects, and how they are written */
export async function parseBody(
  request: IncomingMessage,
  accepted?: Record<string, 'json' | 'yaml'>,
): Promise<unknown> {
  return decodeBody(request, await readBody(request), accepted);
}
