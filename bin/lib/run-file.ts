import {
  existsSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { endProcess, identify, isAlive } from './processes.ts';
import type { ProcessIdentity } from './processes.ts';
import { systemCode } from './failure.ts';

/** What a running start writes down, so that the next one finds it, or can clean up after it. */
export interface RunRecord {
  starter: ProcessIdentity;
  url: string;
  services: { name: string; identity: ProcessIdentity }[];
}

function read(file: string): RunRecord | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The record of the one start that owns a data folder. */
export class RunFile {
  readonly #file: string;
  #record: RunRecord;

  private constructor(file: string, record: RunRecord) {
    this.#file = file;
    this.#record = record;
  }

  /**
   * Takes the data folder for this process. When another start that lives owns it, its record is returned instead. What a
   * dead one left running is ended first; `left` says how many processes that were.
   */
  static async take(
    dataFolder: string,
    url: string,
  ): Promise<{ own: RunFile; left: number } | { other: RunRecord }> {
    const file = join(dataFolder, 'run.json');
    const starter = identify(process.pid);
    if (!starter)
      throw new Error('This process can not be found in the process table');
    const record: RunRecord = { starter, url, services: [] };
    let left = 0;
    for (;;) {
      try {
        // A link appears whole or not at all, so nobody ever reads half a record.
        const draft = `${file}.${process.pid}`;
        writeFileSync(draft, JSON.stringify(record), { mode: 0o600 });
        try {
          linkSync(draft, file);
        } finally {
          rmSync(draft, { force: true });
        }
        return { own: new RunFile(file, record), left };
      } catch (error) {
        if (systemCode(error) !== 'EEXIST') throw error;
      }
      const previous = read(file);
      if (previous && isAlive(previous.starter)) return { other: previous };
      for (const service of [...(previous?.services ?? [])].reverse()) {
        if (!isAlive(service.identity)) continue;
        left += 1;
        await endProcess(
          service.identity,
          service.name === 'PostgreSQL' ? 'SIGINT' : 'SIGTERM',
          10_000,
        );
      }
      rmSync(file, { force: true });
    }
  }

  add(name: string, identity: ProcessIdentity): void {
    this.#record = {
      ...this.#record,
      services: [...this.#record.services, { name, identity }],
    };
    const next = `${this.#file}.next`;
    writeFileSync(next, JSON.stringify(this.#record), { mode: 0o600 });
    renameSync(next, this.#file);
  }

  release(): void {
    rmSync(this.#file, { force: true });
  }
}
