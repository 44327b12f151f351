import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  excerptOf,
  parseServiceFile,
  SERVICE_FILE,
  type ParsedServiceFile,
  type ServiceFileHealth,
} from '@ghostlight/plugin-health-common';
import type { ServiceFileStore } from '../database/ServiceFileStore';
import { redact } from '../logs/redact/redact';
import type { FileAnswer, FileOrigin } from './FileOrigin';
import { originOf, type Readers } from './originOf';

const MAX_AGE_MS = 60_000;
/** Who could not be asked is asked again sooner. */
const MAX_AGE_UNREADABLE_MS = 10_000;
const MAX_KNOWN = 20_000;

/** The file of an entity, and what to tell about it. */
export interface EntityFile {
  health: ServiceFileHealth;
  /** What counts; undefined when there is no file, or none was ever read. */
  parsed?: ParsedServiceFile;
  /** Whether what is not in `parsed` is known not to be in the file. */
  definite: boolean;
}

interface Known {
  originKey: string;
  freshUntil: number;
  file: Promise<EntityFile>;
}

/** `ghostlight.yaml` of entities: asked for at most once a minute, and at once after a push. */
export class ServiceFileSource {
  readonly #readers: Readers;
  readonly #store: Pick<ServiceFileStore, 'get' | 'put' | 'remove'>;
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  readonly #known = new Map<string, Known>();
  /** The last file that was read, with the commit, or the version, it was read at. */
  readonly #read = new Map<
    string,
    { originKey: string; version: string; file: EntityFile }
  >();

  constructor(
    options: Readers & {
      store: Pick<ServiceFileStore, 'get' | 'put' | 'remove'>;
      logger: LoggerService;
      now: () => Date;
    },
  ) {
    this.#readers = options;
    this.#store = options.store;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  async of(entity: Entity): Promise<EntityFile> {
    const origin = originOf(entity, this.#readers);
    if (typeof origin === 'string') {
      return {
        health: {
          state: 'no-source',
          path: SERVICE_FILE,
          mistakes: [],
          message: origin,
        },
        definite: true,
      };
    }
    const entityRef = stringifyEntityRef(entity);
    const now = this.#now().getTime();
    const known = this.#known.get(entityRef);
    if (known && known.originKey === origin.key && now < known.freshUntil) {
      return known.file;
    }
    const entry: Known = {
      originKey: origin.key,
      freshUntil: now + MAX_AGE_MS,
      file: this.#load(entityRef, origin),
    };
    this.#known.delete(entityRef);
    this.#known.set(entityRef, entry);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KNOWN) {
      this.#known.delete(oldest);
      this.#read.delete(oldest);
    }
    const file = await this.#settled(entityRef, entry);
    if (file.health.state === 'unreadable') {
      entry.freshUntil = Math.min(
        entry.freshUntil,
        this.#now().getTime() + MAX_AGE_UNREADABLE_MS,
      );
    }
    return file;
  }

  /** A failure is not worth remembering, but for those who wait for it now. */
  async #settled(entityRef: string, entry: Known): Promise<EntityFile> {
    try {
      return await entry.file;
    } catch (error) {
      if (this.#known.get(entityRef) === entry) {
        this.#known.delete(entityRef);
      }
      throw error;
    }
  }

  /** A repository has a new head: the next question goes there. Returns the entities it is the source of. */
  forget(repository: string): string[] {
    const entityRefs = [...this.#known].flatMap(([ref, { originKey }]) =>
      originKey === `forge:${repository}` ? [ref] : [],
    );
    entityRefs.forEach(ref => this.#known.delete(ref));
    return entityRefs;
  }

  async #load(entityRef: string, origin: FileOrigin): Promise<EntityFile> {
    const read = this.#read.get(entityRef);
    const last = read?.originKey === origin.key ? read : undefined;
    let answer: FileAnswer;
    try {
      answer = await origin.read(last?.version);
    } catch (error) {
      return this.#fromStore(
        entityRef,
        origin,
        isError(error) ? error.message : String(error),
      );
    }
    if (answer.kind === 'unchanged' && last) {
      return last.file;
    }
    const file = toEntityFile(origin, answer);
    const version = versionOf(answer);
    if (version) {
      this.#read.set(entityRef, { originKey: origin.key, version, file });
    } else {
      this.#read.delete(entityRef);
    }
    await this.#keep(entityRef, origin, answer);
    return file;
  }

  /**
   * What cannot be kept now is kept the next time: nobody has to wait, or be told. A file that was refused takes the last
   * good one from nobody.
   */
  async #keep(
    entityRef: string,
    origin: FileOrigin,
    answer: FileAnswer,
  ): Promise<void> {
    try {
      if (answer.kind === 'found') {
        await this.#store.put(entityRef, {
          source: origin.key,
          sha: answer.sha,
          content: answer.content,
          readAt: this.#now().toISOString(),
        });
      } else if (answer.kind === 'missing') {
        await this.#store.remove(entityRef);
      }
    } catch (error) {
      // Else it would pass for unchanged the next time.
      this.#read.delete(entityRef);
      this.#logger.warn(
        `Could not keep ${SERVICE_FILE} of ${entityRef}: ${error}`,
      );
    }
  }

  async #fromStore(
    entityRef: string,
    origin: FileOrigin,
    reason: string,
  ): Promise<EntityFile> {
    const stored = await this.#store.get(entityRef);
    const unreadable = `${SERVICE_FILE} could not be read from ${
      origin.repository
    }: ${reason.replace(/\.$/, '')}.`;
    if (stored?.source !== origin.key) {
      return {
        health: {
          state: 'unreadable',
          path: SERVICE_FILE,
          repository: origin.repository,
          mistakes: [],
          message: unreadable,
        },
        definite: false,
      };
    }
    const { health, parsed } = toEntityFile(origin, {
      kind: 'found',
      ...stored,
    });
    const at = stored.sha ? ` at ${stored.sha.slice(0, 7)}` : '';
    return {
      health: {
        ...health,
        state: 'unreadable',
        message: `${unreadable} What it said${at}, read ${stored.readAt
          .slice(0, 16)
          .replace('T', ' ')} UTC, still counts.`,
      },
      parsed,
      definite: true,
    };
  }
}

function versionOf(answer: FileAnswer): string | undefined {
  if (answer.kind === 'unchanged') {
    return undefined;
  }
  return answer.kind === 'found' ? answer.sha ?? answer.version : answer.sha;
}

function toEntityFile(origin: FileOrigin, answer: FileAnswer): EntityFile {
  const shared = {
    path: SERVICE_FILE,
    repository: origin.repository,
    ...('sha' in answer && answer.sha && { sha: answer.sha }),
  };
  switch (answer.kind) {
    case 'found': {
      const parsed = parseServiceFile(answer.content);
      const { mistakes } = parsed;
      const text = Buffer.from(answer.content).toString('utf8');
      return {
        health: {
          ...shared,
          state: mistakes.length > 0 ? 'invalid' : 'valid',
          mistakes,
          ...(mistakes.length > 0 && {
            excerpt: excerptOf(text, mistakes).map(line => ({
              ...line,
              text: redact(line.text),
            })),
          }),
        },
        parsed,
        definite: true,
      };
    }
    case 'refused':
      return {
        health: {
          ...shared,
          state: 'invalid',
          mistakes: [
            {
              line: 1,
              column: 1,
              path: '',
              message: answer.message,
              hint: answer.hint,
            },
          ],
        },
        definite: false,
      };
    default:
      return {
        health: {
          ...shared,
          state: 'missing',
          mistakes: [],
          ...('message' in answer && { message: answer.message }),
        },
        definite: true,
      };
  }
}
