import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { HttpExtension } from '../types.ts';
import type { BuildRequest } from './build.ts';
import { ImageError } from './image-error.ts';
import type { BuiltImage } from './image-folders.ts';
import { COMMIT_SHA, IMAGE_NAME, tagOf } from './image-reference.ts';
import type { LocalImageStore } from './local-image-store.ts';

const BODY_LIMIT_BYTES = 64 * 1024;

function isRepositoryUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hostname } = new URL(text);
  if (username || password) return false;
  if (protocol === 'file:') return hostname === '';
  return protocol === 'http:' || protocol === 'https:';
}

const requestSchema = z.strictObject({
  name: z
    .string()
    .regex(
      IMAGE_NAME,
      'must be 1 to 63 lower-case letters, digits and dashes, such as "checkout"',
    ),
  repo: z.strictObject({
    url: z
      .string()
      .max(2048)
      .refine(
        isRepositoryUrl,
        'must be an http, https or file URL without a user or password in it; credentials go into repo.authorization',
      ),
    authorization: z
      .string()
      .max(16 * 1024)
      .regex(/^[\x20-\x7e]+$/, 'must be the one-line value of a header')
      .optional(),
  }),
  sha: z
    .string()
    .regex(COMMIT_SHA, 'must be a full commit: 40 lower-case hex digits'),
});

class BadRequest extends Error {
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.name = 'BadRequest';
    this.status = status;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > BODY_LIMIT_BYTES) {
      throw new BadRequest(
        `the body is longer than ${BODY_LIMIT_BYTES} bytes`,
        413,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parseRequest(body: string): BuildRequest {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    throw new BadRequest(
      `the body is not JSON: ${error instanceof Error ? error.message : error}`,
    );
  }
  const parsed = requestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BadRequest(`${issue.path.join('.') || 'body'}: ${issue.message}`);
}

const describe = ({ name, sha, repository, builtAt, command }: BuiltImage) => ({
  image: `${name}:${tagOf(sha)}`,
  name,
  tag: tagOf(sha),
  sha,
  repository,
  command,
  builtAt,
});

const line = (value: object) => `${JSON.stringify(value)}\n`;

function answer(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(line(value));
}

/** `POST /images`, `GET /images`, `GET /images/<name>/<tag>`. */
export function imagesHttp(store: LocalImageStore): HttpExtension {
  async function build(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const wanted = parseRequest(await readBody(request));
    response.writeHead(200, {
      'content-type': 'application/x-ndjson',
      'cache-control': 'no-store',
    });
    response.flushHeaders();
    try {
      const result = await store.build(wanted, text =>
        response.write(line({ type: 'log', line: text })),
      );
      response.end(line({ type: 'result', ...result }));
    } catch (error) {
      if (!(error instanceof ImageError))
        process.stderr.write(`images: ${error}\n`);
      const message = error instanceof Error ? error.message : String(error);
      response.end(line({ type: 'error', message }));
    }
  }

  function read(path: string[], response: ServerResponse): void {
    if (path.length === 0) {
      answer(response, 200, { items: store.list().map(describe) });
      return;
    }
    const found = path.length === 2 ? store.find(path.join(':')) : undefined;
    if (found) answer(response, 200, describe(found));
    else {
      answer(response, 404, {
        type: 'error',
        message: `no image ${path.join(':')}: build it with POST /images`,
      });
    }
  }

  return {
    prefix: '/images',
    async handle(request, response, url) {
      const path = url.pathname.split('/').slice(2).filter(Boolean);
      try {
        if (request.method === 'GET') read(path, response);
        else if (request.method === 'POST' && path.length === 0)
          await build(request, response);
        else {
          throw new BadRequest(
            `${request.method} ${url.pathname} is not known; known are POST /images, GET /images and GET /images/<name>/<tag>`,
            405,
          );
        }
      } catch (error) {
        if (!(error instanceof BadRequest)) throw error;
        answer(response, error.status, {
          type: 'error',
          message: error.message,
        });
      }
    },
  };
}
