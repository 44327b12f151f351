import { Readable, Writable } from 'node:stream';
import { LoggerService } from '@backstage/backend-plugin-api';
import { RepositoryRow } from '../database/repositories';
import { LocalForge } from '../forge/LocalForge';
import { collectText, endGroup } from '../git/Git';

export type ServiceName = 'git-upload-pack' | 'git-receive-pack';

const STREAM_TIMEOUT_MS = 10 * 60_000;

/** Runs git's own side of the smart HTTP protocol on a repository. */
export class GitService {
  readonly #forge: LocalForge;
  readonly #logger: LoggerService;
  readonly #maxPushBytes: number;

  constructor(options: {
    forge: LocalForge;
    logger: LoggerService;
    maxPushBytes: number;
  }) {
    this.#forge = options.forge;
    this.#logger = options.logger;
    this.#maxPushBytes = options.maxPushBytes;
  }

  /** What the repository has, in answer to `info/refs`. */
  async advertise(
    repository: RepositoryRow,
    service: ServiceName,
    protocol: string | undefined,
    output: Writable,
  ): Promise<void> {
    await this.#stream(
      repository,
      [service.slice('git-'.length), '--stateless-rpc', '--advertise-refs'],
      { protocol, output, input: Readable.from([]) },
    );
  }

  /** Sends what a client fetches. */
  async upload(
    repository: RepositoryRow,
    options: {
      protocol: string | undefined;
      input: Readable;
      output: Writable;
    },
  ): Promise<void> {
    await this.#stream(repository, ['upload-pack', '--stateless-rpc'], options);
  }

  /** Takes what a client pushes; git writes to `output` how that went. */
  async receive(
    repository: RepositoryRow,
    options: {
      protocol: string | undefined;
      input: Readable;
      output: Writable;
      /** Whether branches in this push may lose commits. */
      allowRewrite: boolean;
    },
  ): Promise<void> {
    await this.#stream(
      repository,
      ['receive-pack', '--stateless-rpc'],
      options,
      {
        'receive.maxInputSize': String(this.#maxPushBytes),
        'receive.denyNonFastForwards': String(!options.allowRewrite),
      },
    );
  }

  async #stream(
    repository: RepositoryRow,
    args: string[],
    options: {
      protocol: string | undefined;
      input: Readable;
      output: Writable;
    },
    config?: Record<string, string>,
  ): Promise<void> {
    const { protocol, input, output } = options;
    const child = this.#forge.git.spawn(
      [...args, this.#forge.directory(repository.location)],
      // gitprotocol-v2(5): the header's value as it is; anything but a version is not passed on.
      protocol && /^version=[0-2]$/.test(protocol)
        ? { GIT_PROTOCOL: protocol }
        : {},
      config,
    );
    const stderr = collectText(child.stderr);
    const timer = setTimeout(() => endGroup(child), STREAM_TIMEOUT_MS);
    const end = () => endGroup(child);
    // Who asks may go away, and git may stop listening; either way the other side is let go.
    output.on('close', end);
    input.on('error', end);
    child.stdin.on('error', () => input.unpipe(child.stdin).resume());
    input.pipe(child.stdin);
    child.stdout.pipe(output, { end: false });
    try {
      const code = await new Promise<number | null>((resolve, reject) => {
        child.on('error', reject);
        child.on('close', resolve);
      });
      if (code !== 0) {
        this.#logger.warn(
          `git ${args[0]} of repository '${repository.name}' ended with ${
            code ?? 'a signal'
          }: ${stderr().trim()}`,
        );
      }
    } finally {
      clearTimeout(timer);
      output.off('close', end);
      input.off('error', end);
    }
  }
}
