import type { IncomingMessage } from 'node:http';
import { parseDocument } from 'yaml';
import { ApiError } from '../../api-error.ts';

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

const JSON_TYPES = new Set(['application/json', '']);
const YAML_TYPES = new Set([
  'application/yaml',
  'application/x-yaml',
  'text/yaml',
]);

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

export const mediaTypeOf = (request: IncomingMessage) =>
  (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();

/** @param accepted - further media types and how their bodies are written */
export async function parseBody(
  request: IncomingMessage,
  accepted: Record<string, 'json' | 'yaml'> = {},
): Promise<unknown> {
  const type = mediaTypeOf(request);
  const onlyListed = Object.keys(accepted).length > 0;
  const format =
    accepted[type] ??
    (!onlyListed && JSON_TYPES.has(type) ? 'json' : undefined) ??
    (!onlyListed && YAML_TYPES.has(type) ? 'yaml' : undefined);
  if (format === undefined) {
    const known = onlyListed
      ? Object.keys(accepted)
      : ['application/json', 'application/yaml'];
    const hint =
      type === PROTOBUF
        ? ' (kubectl create sends protobuf: add --dry-run=client -o yaml and pipe it into kubectl apply --server-side -f -)'
        : '';
    throw new ApiError(
      'UnsupportedMediaType',
      `the local cluster does not read ${
        type || 'a body without content type'
      } here: send ${known.join(' or ')}${hint}`,
    );
  }
  const text = (await readBody(request)).toString('utf8');
  if (text.trim() === '') {
    throw new ApiError('BadRequest', 'the request has no body: send an object');
  }
  return format === 'json' ? parseJson(text) : parseYaml(text);
}
