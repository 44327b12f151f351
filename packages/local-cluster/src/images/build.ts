import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { baseEnv } from '../kubelet/env/base-env.ts';
import type { ProcessGuard } from '../kubelet/processes/process-guard.ts';
import { checkout, type Repository } from './checkout.ts';
import { explainFileError, ImageError } from './image-error.ts';
import type { ImageFolders } from './image-folders.ts';
import { tagOf } from './image-reference.ts';
import { runCommand } from './run-command.ts';
import { parseServiceFile, SERVICE_FILE } from './service-file.ts';

/** Where packages come from is the machine's business, not a secret of the cluster's. */
const BUILD_ENV_PASSED = ['npm_config_registry', 'NODE_EXTRA_CA_CERTS'];

export interface BuildRequest {
  name: string;
  repo: Repository;
  /** All 40 digits. */
  sha: string;
}

export interface BuildParts {
  folders: ImageFolders;
  guard: ProcessGuard;
  timeoutMs: number;
  signal: AbortSignal;
}

async function readServiceFile(root: string) {
  let text: string;
  try {
    text = await readFile(join(root, SERVICE_FILE), 'utf8');
  } catch (cause) {
    throw new ImageError(
      `The repository has no ${SERVICE_FILE}: add one with run: {command: [node, src/main.ts]}`,
      { cause },
    );
  }
  return parseServiceFile(text);
}

function buildEnv(scratch: string): Record<string, string> {
  const passed = BUILD_ENV_PASSED.flatMap(name => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...baseEnv(scratch), ...Object.fromEntries(passed), CI: 'true' };
}

/**
 * Makes the image of one commit: fetch, build, move into place.
 * @throws ImageError
 */
export async function buildImage(
  { name, repo, sha }: BuildRequest,
  { folders, guard, timeoutMs, signal }: BuildParts,
  onLine: (line: string) => void,
): Promise<void> {
  const doing = `Building ${name}:${tagOf(sha)}`;
  let folder: string | undefined;
  try {
    folder = await folders.begin();
    const root = join(folder, 'root');
    const scratch = join(folder, 'scratch');
    onLine(`Fetching ${sha} from ${repo.url}`);
    await checkout({ repo, sha, into: root, scratch, guard, signal, onLine });
    const service = await readServiceFile(root);
    if (service.build) {
      const command = service.build.join(' ');
      onLine(`Running ${command}`);
      await runCommand({
        argv: service.build,
        cwd: root,
        env: buildEnv(scratch),
        guard,
        timeoutMs,
        signal,
        doing: `Build command "${command}"`,
        onLine,
      });
    }
    await folders.finish(folder, {
      name,
      sha,
      repository: repo.url,
      command: service.run,
      builtAt: new Date().toISOString(),
    });
  } catch (error) {
    if (folder) await folders.abandon(folder);
    throw explainFileError(error, doing);
  }
}
