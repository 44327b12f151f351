import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../api-error.ts';
import type {
  Clock,
  KubeObject,
  NewObject,
  ObjectKey,
  Scope,
  Store,
  WatchEvent,
} from '../types.ts';
import { Database, type HistoryRow } from './database.ts';
import { alreadyExists, conflict, expired, notFound } from './errors.ts';
import { parseFrozen } from './frozen.ts';
import { isHeld, keepIdentity, randomName } from './metadata.ts';
import { WatchHub } from './watch-hub.ts';

export interface StoreOptions {
  dataDir: string;
  clock: Clock;
  /** Events kept for watches that resume; older ones answer 410 Expired. Default 4000. */
  historyLimit?: number;
  /** Told of a listener that threw. Default: the process fails, loudly. */
  onListenerError?: (error: unknown) => void;
}

const bucketOf = (scope: Scope) => `${scope.apiVersion}/${scope.kind}`;
const placeOf = (namespace: string | undefined, name: string) =>
  `${namespace ?? ''}/${name}`;

/** SQLite is the truth; every object also lives in memory, parsed and frozen, so that reads cost nothing. */
export class SqliteStore implements Store {
  readonly #database: Database;
  readonly #hub: WatchHub;
  readonly #clock: Clock;
  readonly #historyLimit: number;
  readonly #objects = new Map<string, Map<string, KubeObject>>();
  #revision: number;
  #oldest: number;

  static open(options: StoreOptions): SqliteStore {
    return new SqliteStore(options);
  }

  private constructor(options: StoreOptions) {
    this.#clock = options.clock;
    this.#historyLimit = options.historyLimit ?? 4000;
    this.#hub = new WatchHub(
      options.onListenerError ??
        (error => {
          queueMicrotask(() => {
            throw error;
          });
        }),
    );
    this.#database = new Database(join(options.dataDir, 'cluster.sqlite'));
    const { first, last } = this.#database.bounds();
    this.#oldest = first;
    this.#revision = last;
    for (const row of this.#database.objects()) {
      this.#bucket(row).set(
        placeOf(row.namespace, row.name),
        parseFrozen(row.body),
      );
    }
  }

  /** The revision of the latest write. */
  get resourceVersion(): string {
    return String(this.#revision);
  }

  get(key: ObjectKey): KubeObject | undefined {
    return this.#bucket(key).get(placeOf(key.namespace, key.name));
  }

  list(scope: Scope): { items: KubeObject[]; resourceVersion: string } {
    const prefix =
      scope.namespace === undefined ? undefined : `${scope.namespace}/`;
    const items = [...this.#bucket(scope)]
      .filter(([place]) => prefix === undefined || place.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, object]) => object);
    return { items, resourceVersion: this.resourceVersion };
  }

  create(object: NewObject): KubeObject {
    const { apiVersion, kind, metadata } = object;
    const name = metadata.name || this.#generateName(object);
    const key = { apiVersion, kind, namespace: metadata.namespace, name };
    if (this.get(key)) throw alreadyExists(key);
    return this.#write('ADDED', {
      ...object,
      metadata: {
        ...metadata,
        name,
        uid: randomUUID(),
        resourceVersion: '',
        creationTimestamp: this.#now(),
        ...('spec' in object ? { generation: 1 } : {}),
      },
    });
  }

  update(
    object: KubeObject,
    options: { subresource?: 'status' } = {},
  ): KubeObject {
    const current = this.#existing(object);
    const { resourceVersion, uid } = object.metadata;
    if (resourceVersion && resourceVersion !== current.metadata.resourceVersion)
      throw conflict(current, 'the object has been modified');
    if (uid && uid !== current.metadata.uid)
      throw conflict(current, 'it was deleted and made anew since');
    if (options.subresource === 'status') {
      return this.#replace(current, { ...current, status: object.status });
    }
    return this.#replace(current, { ...object, status: current.status });
  }

  modify(
    key: ObjectKey,
    change: (current: KubeObject) => KubeObject | undefined,
  ): KubeObject | undefined {
    // Everything here is synchronous, so nobody can write between the read and the write.
    const current = this.get(key);
    if (!current) return undefined;
    const next = change(current);
    return next === undefined ? current : this.#replace(current, next);
  }

  remove(
    key: ObjectKey,
    options: { uid?: string; gracePeriodSeconds?: number } = {},
  ): KubeObject | undefined {
    const current = this.get(key);
    if (!current) return undefined;
    if (options.uid && options.uid !== current.metadata.uid) {
      throw conflict(
        current,
        `the precondition names uid ${options.uid}, the object has ${current.metadata.uid}`,
      );
    }
    const graceSeconds = options.gracePeriodSeconds ?? 0;
    const { deletionTimestamp, deletionGracePeriodSeconds } = current.metadata;
    const sooner =
      deletionTimestamp === undefined ||
      graceSeconds < (deletionGracePeriodSeconds ?? 0);
    if (!sooner && isHeld(current)) return current;
    const marked: KubeObject = {
      ...current,
      metadata: {
        ...current.metadata,
        deletionTimestamp: this.#now(graceSeconds),
        deletionGracePeriodSeconds: graceSeconds,
      },
    };
    return this.#replace(current, marked);
  }

  watch(
    scope: Scope,
    listener: (event: WatchEvent) => void,
    sinceResourceVersion?: string,
  ): () => void {
    const since =
      sinceResourceVersion === undefined
        ? this.#revision
        : Number(sinceResourceVersion);
    if (!Number.isInteger(since)) {
      throw new ApiError(
        'BadRequest',
        `resourceVersion "${sinceResourceVersion}" is not one: it must be a number that a list, a get or a watch returned`,
      );
    }
    // A revision of the future comes from a cluster whose data was thrown away: the client has to list again too.
    if (since < this.#oldest - 1 || since > this.#revision) {
      throw expired(since, this.#oldest, this.#revision);
    }
    return this.#hub.subscribe(
      scope,
      listener,
      this.#revision,
      since === this.#revision ? [] : this.#past(since),
    );
  }

  close(): void {
    this.#database.close();
  }

  #past(since: number) {
    return this.#database.since(since).map(row => ({
      revision: row.revision,
      event: this.#eventOf(row),
    }));
  }

  #eventOf(row: HistoryRow): WatchEvent {
    const previous =
      row.type === 'ADDED' ? undefined : this.#database.bodyBefore(row);
    return {
      type: row.type,
      object: parseFrozen(row.body),
      previous: previous === undefined ? undefined : parseFrozen(previous),
    };
  }

  #existing(object: KubeObject): KubeObject {
    const { apiVersion, kind, metadata } = object;
    const { namespace, name } = metadata;
    const current = this.get({ apiVersion, kind, namespace, name });
    if (!current) throw notFound({ apiVersion, kind, namespace, name });
    return current;
  }

  #replace(current: KubeObject, given: KubeObject): KubeObject {
    const plain: KubeObject = JSON.parse(JSON.stringify(given));
    plain.apiVersion = current.apiVersion;
    plain.kind = current.kind;
    plain.metadata = keepIdentity(plain.metadata, current.metadata);
    if (
      plain.metadata.generation !== undefined &&
      !isDeepStrictEqual(plain.spec, current.spec)
    ) {
      plain.metadata.generation += 1;
    }
    if (plain.metadata.deletionTimestamp !== undefined && !isHeld(plain)) {
      return this.#write('DELETED', plain, current);
    }
    if (isDeepStrictEqual(plain, current)) return current;
    return this.#write('MODIFIED', plain, current);
  }

  #write(
    type: WatchEvent['type'],
    object: KubeObject,
    previous?: KubeObject,
  ): KubeObject {
    const revision = this.#revision + 1;
    const body = JSON.stringify({
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(revision) },
    });
    const { apiVersion, kind } = object;
    const { name, namespace = '' } = object.metadata;
    const pruneTo = this.#pruneTo(revision);
    this.#database.commit(
      { revision, type, apiVersion, kind, namespace, name, body },
      pruneTo,
    );
    this.#revision = revision;
    if (this.#oldest === 0) this.#oldest = revision;
    if (pruneTo !== undefined) this.#oldest = pruneTo + 1;
    const written = parseFrozen(body);
    const place = placeOf(namespace, name);
    if (type === 'DELETED') this.#bucket(object).delete(place);
    else this.#bucket(object).set(place, written);
    this.#hub.publish(revision, { type, object: written, previous });
    return written;
  }

  /** History is cut in strides of a tenth of the limit, so that most writes do not pay for it. */
  #pruneTo(revision: number): number | undefined {
    const stride = Math.max(1, Math.floor(this.#historyLimit / 10));
    const target = revision - this.#historyLimit;
    return target - this.#oldest >= stride ? target : undefined;
  }

  #bucket(scope: Scope): Map<string, KubeObject> {
    const key = bucketOf(scope);
    let bucket = this.#objects.get(key);
    if (!bucket) {
      bucket = new Map();
      this.#objects.set(key, bucket);
    }
    return bucket;
  }

  #generateName({ apiVersion, kind, metadata }: NewObject): string {
    const prefix = metadata.generateName;
    if (!prefix) {
      throw new ApiError(
        'Invalid',
        `${kind}: metadata.name: Required value: name or generateName is required`,
      );
    }
    for (;;) {
      const name = randomName(prefix);
      const { namespace } = metadata;
      if (!this.get({ apiVersion, kind, namespace, name })) return name;
    }
  }

  /** RFC 3339 in whole seconds, as Kubernetes writes times. */
  #now(plusSeconds = 0): string {
    const at = new Date(this.#clock.now().getTime() + plusSeconds * 1000);
    return `${at.toISOString().slice(0, 19)}Z`;
  }
}
