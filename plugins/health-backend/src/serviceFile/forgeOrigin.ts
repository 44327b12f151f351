import type { AuthService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type { ForgeClient } from '@ghostlight/plugin-forge-common';
import { SERVICE_FILE } from '@ghostlight/plugin-health-common';
import type { FileAnswer, FileOrigin } from './FileOrigin';

const LIMIT_MS = 5_000;
const SYMLINK_MODE = '120000';

export type ForgeFiles = Pick<ForgeClient, 'getRepository' | 'getFile'>;

/** The file at the head of the default branch of a repository of the forge, read as this plugin. */
export function forgeOrigin(
  repository: string,
  { forge, auth }: { forge: ForgeFiles; auth: AuthService },
): FileOrigin {
  return {
    key: `forge:${repository}`,
    repository,
    read: async known => {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: await auth.getOwnServiceCredentials(),
        targetPluginId: 'forge',
      });
      const options = { token, signal: AbortSignal.timeout(LIMIT_MS) };
      const found = await forge.getRepository(repository, options);
      if (!found) {
        return {
          kind: 'missing',
          message: `There is no repository ${repository} in the forge.`,
        };
      }
      const sha = found.head?.sha;
      if (!sha) {
        return {
          kind: 'missing',
          message: `The repository ${repository} has no commit yet.`,
        };
      }
      if (sha === known) {
        return { kind: 'unchanged' };
      }
      return readAt(sha, { forge, repository, options });
    },
  };
}

async function readAt(
  sha: string,
  {
    forge,
    repository,
    options,
  }: {
    forge: ForgeFiles;
    repository: string;
    options: { token: string; signal: AbortSignal };
  },
): Promise<FileAnswer> {
  try {
    const file = await forge.getFile(
      repository,
      { ref: sha, path: SERVICE_FILE },
      options,
    );
    if (file.mode === SYMLINK_MODE) {
      return {
        kind: 'refused',
        sha,
        message: `${SERVICE_FILE} is a link`,
        hint: 'commit the file itself',
      };
    }
    if (file.content === undefined) {
      return {
        kind: 'refused',
        sha,
        message: `${SERVICE_FILE} is larger than 1 MiB`,
        hint: 'at most 256 KiB are read; keep data elsewhere',
      };
    }
    const encoding = file.encoding === 'base64' ? 'base64' : 'utf8';
    return { kind: 'found', sha, content: Buffer.from(file.content, encoding) };
  } catch (error) {
    if (error instanceof ResponseError && error.statusCode === 404) {
      return {
        kind: 'missing',
        sha,
        message: `${repository} has no ${SERVICE_FILE} at ${sha.slice(0, 7)}.`,
      };
    }
    throw error;
  }
}
