import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

// Kubernetes' range for node ports; it ends where Linux' ephemeral ports begin, so no outgoing connection takes one.
const FIRST = 30_000;
const COUNT = 2_768;

const bookShape = z.record(z.string(), z.number().int().min(1).max(65_535));

/** Remembers over restarts on which port people find a Service. */
export class PortBook {
  readonly #file: string;
  readonly #ports: Map<string, number>;

  /** A book that cannot be read is begun anew: its ports are a convenience. */
  constructor(dataDir: string) {
    this.#file = join(dataDir, 'service-ports.json');
    this.#ports = new Map(Object.entries(readBook(this.#file)));
  }

  /**
   * Tries ports until one is free, the remembered one first, and remembers it.
   * @param listen - rejects with EADDRINUSE for a port that is taken
   */
  async claim(
    service: string,
    listen: (port: number) => Promise<number>,
  ): Promise<number> {
    const taken = new Set(
      [...this.#ports]
        .filter(([name]) => name !== service)
        .map(([, port]) => port),
    );
    for (const port of candidates(service, this.#ports.get(service))) {
      if (taken.has(port)) continue;
      try {
        await listen(port);
      } catch (error) {
        if (isAddressInUse(error)) continue;
        throw error;
      }
      if (this.#ports.get(service) !== port) {
        this.#ports.set(service, port);
        this.#save();
      }
      return port;
    }
    throw new Error(
      `no free port for service ${service} between ${FIRST} and ${
        FIRST + COUNT - 1
      }: stop what uses them`,
    );
  }

  forget(service: string): void {
    if (this.#ports.delete(service)) this.#save();
  }

  #save(): void {
    const temporary = `${this.#file}.new`;
    const file = openSync(temporary, 'w');
    writeSync(file, JSON.stringify(Object.fromEntries(this.#ports)));
    fsyncSync(file);
    closeSync(file);
    renameSync(temporary, this.#file);
  }
}

function* candidates(service: string, remembered: number | undefined) {
  if (remembered !== undefined) yield remembered;
  const start =
    createHash('sha256').update(service).digest().readUInt32BE() % COUNT;
  for (let i = 0; i < COUNT; i += 1) yield FIRST + ((start + i) % COUNT);
}

function readBook(file: string): Record<string, number> {
  try {
    const book = bookShape.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return book.success ? book.data : {};
  } catch {
    return {};
  }
}

function isAddressInUse(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  );
}
