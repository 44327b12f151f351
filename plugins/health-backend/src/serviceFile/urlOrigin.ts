import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  MAX_SERVICE_FILE_BYTES,
  SERVICE_FILE,
} from '@ghostlight/plugin-health-common';
import type { FileOrigin } from './FileOrigin';

const LIMIT_MS = 10_000;

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
    read: async () => {
      try {
        const answer = await reader.readUrl(url.href, {
          signal: AbortSignal.timeout(LIMIT_MS),
        });
        const content = await answer.buffer();
        return content.length > MAX_SERVICE_FILE_BYTES * 4
          ? {
              kind: 'refused',
              message: `${SERVICE_FILE} is larger than 1 MiB`,
              hint: 'at most 256 KiB are read; keep data elsewhere',
            }
          : { kind: 'found', content };
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
