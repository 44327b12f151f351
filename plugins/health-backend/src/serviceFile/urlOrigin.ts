import { createHash } from 'node:crypto';
import type {
  UrlReaderService,
  UrlReaderServiceReadUrlResponse,
} from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  MAX_SERVICE_FILE_BYTES,
  SERVICE_FILE,
} from '@ghostlight/plugin-health-common';
import type { FileAnswer, FileOrigin } from './FileOrigin';

const LIMIT_MS = 10_000;
/** What the forge refuses too. */
const MAX_BYTES = MAX_SERVICE_FILE_BYTES * 4;

/** The file beside another one, or in a folder, of a host that the configuration lets Backstage read from. */
export function urlOrigin(
  beside: string,
  reader: UrlReaderService,
): FileOrigin | undefined {
  if (!URL.canParse(beside)) {
    return undefined;
  }
  const base = new URL(beside);
  const url = new URL(SERVICE_FILE, base);
  // Some hosts name the branch in the query.
  url.search = base.search;
  return {
    key: url.href,
    repository: url.href,
    read: async knownVersion => {
      try {
        const answer = await reader.readUrl(url.href, {
          signal: AbortSignal.timeout(LIMIT_MS),
        });
        return judge(await readAtMost(answer), knownVersion);
      } catch (error) {
        if (isError(error) && error.name === 'NotFoundError') {
          return {
            kind: 'missing',
            message: `There is no ${SERVICE_FILE} at ${url.href}.`,
          };
        }
        throw error;
      }
    },
  };
}

/** Undefined when there is more than the limit: the rest is not read. */
async function readAtMost(
  answer: UrlReaderServiceReadUrlResponse,
): Promise<Buffer | undefined> {
  if (!answer.stream) {
    const content = await answer.buffer();
    return content.length > MAX_BYTES ? undefined : content;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer.stream()) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > MAX_BYTES) {
      return undefined;
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function judge(
  content: Buffer | undefined,
  knownVersion: string | undefined,
): FileAnswer {
  if (!content) {
    return {
      kind: 'refused',
      message: `${SERVICE_FILE} is larger than 1 MiB`,
      hint: 'at most 256 KiB are read; keep data elsewhere',
    };
  }
  // Not every host tells an ETag, and some tell another one each time.
  const version = createHash('sha256').update(content).digest('hex');
  return version === knownVersion
    ? { kind: 'unchanged' }
    : { kind: 'found', content, version };
}
