/** What the cache needs to know of an object. */
export interface Cacheable {
  metadata: {
    uid: string;
    namespace: string;
    name: string;
    resourceVersion: string;
  };
}

/** Names the values under which an object is found again, e.g. its owners. */
export type IndexFunction<T> = (object: T) => string[];

/** Told of each change; `before` is undefined for a new object, `after` for one that is gone. */
export type CacheListener<T> = (
  before: T | undefined,
  after: T | undefined,
) => void;

/** The objects of one kind, with indexes kept up to date on each write. */
export class ObjectCache<T extends Cacheable> {
  readonly #objects = new Map<string, T>();
  readonly #indexes: Map<
    string,
    { of: IndexFunction<T>; keys: Map<string, Set<string>> }
  >;
  readonly #listener: CacheListener<T>;

  constructor(
    indexes: Record<string, IndexFunction<T>>,
    listener: CacheListener<T> = () => {},
  ) {
    this.#indexes = new Map(
      Object.entries(indexes).map(([name, of]) => [
        name,
        { of, keys: new Map() },
      ]),
    );
    this.#listener = listener;
  }

  get size(): number {
    return this.#objects.size;
  }

  get(namespace: string, name: string): T | undefined {
    return this.#objects.get(`${namespace}/${name}`);
  }

  /** Objects with the value in the index, in no order. */
  by(index: string, value: string): T[] {
    const keys = this.#indexes.get(index)?.keys.get(value) ?? [];
    const found: T[] = [];
    for (const key of keys) {
      const object = this.#objects.get(key);
      if (object) {
        found.push(object);
      }
    }
    return found;
  }

  set(object: T): void {
    const key = keyOf(object);
    const before = this.#objects.get(key);
    if (before) {
      this.#unindex(key, before);
    }
    this.#objects.set(key, object);
    for (const { of, keys } of this.#indexes.values()) {
      for (const value of of(object)) {
        const entry = keys.get(value);
        if (entry) {
          entry.add(key);
        } else {
          keys.set(value, new Set([key]));
        }
      }
    }
    this.#listener(before, object);
  }

  remove(object: T): void {
    const key = keyOf(object);
    const before = this.#objects.get(key);
    if (before) {
      this.#unindex(key, before);
      this.#objects.delete(key);
      this.#listener(before, undefined);
    }
  }

  /** Makes the cache hold exactly these: what a new list said. */
  replace(objects: T[]): void {
    const present = new Set(objects.map(keyOf));
    for (const [key, object] of [...this.#objects]) {
      if (!present.has(key)) {
        this.remove(object);
      }
    }
    for (const object of objects) {
      this.set(object);
    }
  }

  #unindex(key: string, object: T): void {
    for (const { of, keys } of this.#indexes.values()) {
      for (const value of of(object)) {
        const entry = keys.get(value);
        entry?.delete(key);
        if (entry?.size === 0) {
          keys.delete(value);
        }
      }
    }
  }
}

function keyOf(object: Cacheable): string {
  return `${object.metadata.namespace}/${object.metadata.name}`;
}
