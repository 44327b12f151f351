import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectMeta } from '../../types.ts';

/**
 * Log files of one pod: `<dataDir>/logs/<namespace>_<pod>_<uid>/<restart>.<generation>.log`. Rotation starts a new
 * generation, so that a reader never sees a file change its name. A line is `<ISO time> <o|e> <text>`.
 */
export class LogFiles {
  readonly directory: string;

  constructor(
    dataDir: string,
    metadata: Pick<ObjectMeta, 'namespace' | 'name' | 'uid'>,
  ) {
    const { namespace, name, uid } = metadata;
    this.directory = join(dataDir, 'logs', `${namespace}_${name}_${uid}`);
  }

  path(restart: number, generation: number): string {
    return join(this.directory, `${restart}.${generation}.log`);
  }

  async create(): Promise<void> {
    await mkdir(this.directory, { recursive: true });
  }

  /** Oldest first. */
  async generations(restart: number): Promise<number[]> {
    return (await this.#all())
      .filter(file => file.restart === restart)
      .map(file => file.generation)
      .sort((a, b) => a - b);
  }

  /** A container's log is kept for `kubectl logs --previous`, those before it are not. */
  async removeBefore(restart: number): Promise<void> {
    const old = (await this.#all()).filter(file => file.restart < restart);
    await Promise.all(
      old.map(file =>
        rm(this.path(file.restart, file.generation), { force: true }),
      ),
    );
  }

  async removeGeneration(restart: number, generation: number): Promise<void> {
    await rm(this.path(restart, generation), { force: true });
  }

  async removeAll(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  async #all(): Promise<{ restart: number; generation: number }[]> {
    let names: string[];
    try {
      names = await readdir(this.directory);
    } catch {
      return []; // Nothing was logged yet, or the pod is gone.
    }
    return names.flatMap(name => {
      const [, restart, generation] = /^(\d+)\.(\d+)\.log$/.exec(name) ?? [];
      return restart === undefined
        ? []
        : [{ restart: Number(restart), generation: Number(generation) }];
    });
  }
}
