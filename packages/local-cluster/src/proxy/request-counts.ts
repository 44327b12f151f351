import type { Peer } from './peer.ts';

/** Upper bounds in milliseconds, those of Istio's `istio_request_duration_milliseconds`. */
export const DURATION_BUCKETS_MS: readonly number[] = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000,
  60_000, 300_000, 600_000, 1_800_000, 3_600_000,
];

/**
 * Why an answer is not a pod's, as Envoy abbreviates it: no healthy upstream, connection to upstream failed, upstream timed out,
 * upstream broke the connection, downstream (the caller) went away.
 */
export const RESPONSE_FLAGS = ['-', 'UH', 'UF', 'UT', 'UC', 'DC'] as const;
export type ResponseFlags = (typeof RESPONSE_FLAGS)[number];

export interface ServiceName {
  namespace: string;
  name: string;
}

/** How a request ended. */
export interface RequestEnd {
  /** Status of the answer; 0 when the caller went away before it had one. */
  code: number;
  flags: ResponseFlags;
  /** Undefined when no pod was reached. */
  destination: Peer | undefined;
}

/** Requests that have all but their duration in common. One object for as long as they are counted; its numbers only grow. */
export interface RequestCount {
  readonly source: Peer;
  readonly destination: Peer | undefined;
  readonly service: ServiceName;
  readonly code: number;
  readonly flags: ResponseFlags;
  count: number;
  durationMsSum: number;
  /** Requests by the bound they are within and no lower one; one more than there are bounds: the last is "slower". */
  readonly perBucket: number[];
}

/** A pod may answer any number; so many are told apart between two ends, further ones count as the hundred they belong to. */
const MOST_CODES = 40;

type ByCode = Map<number, RequestCount>;
type ByDestination = Map<Peer | undefined, Map<string, ByCode>>;

/** Counts since the start of the process. Nested Maps, because joining keys into a string costs ten times more. */
export class RequestCounts {
  readonly #counts = new Map<Peer, ByDestination>();

  /** @param service - with `key`, its namespace and name in one */
  record(
    source: Peer,
    service: ServiceName & { key: string },
    end: RequestEnd,
    durationMs: number,
  ): void {
    const byDestination = child(this.#counts, source);
    const byService = child(byDestination, end.destination);
    const byCode = child(byService, service.key);
    const flagsAt = RESPONSE_FLAGS.indexOf(end.flags);
    const count =
      byCode.get(end.code * 8 + flagsAt) ??
      this.#begin(byCode, source, service, end);
    count.count += 1;
    count.durationMsSum += durationMs;
    let bucket = 0;
    while (durationMs > DURATION_BUCKETS_MS[bucket]) bucket += 1;
    count.perBucket[bucket] += 1;
  }

  *list(): Generator<RequestCount, void, undefined> {
    for (const byDestination of this.#counts.values()) {
      for (const byService of byDestination.values()) {
        for (const byCode of byService.values()) yield* byCode.values();
      }
    }
  }

  /** The ends of all that is counted. */
  peers(): Set<Peer> {
    const peers = new Set<Peer>(this.#counts.keys());
    for (const byDestination of this.#counts.values()) {
      for (const destination of byDestination.keys()) {
        if (destination) peers.add(destination);
      }
    }
    return peers;
  }

  /** Lets go of everything from or to these. */
  forget(gone: ReadonlySet<Peer>): void {
    for (const source of gone) this.#counts.delete(source);
    for (const byDestination of this.#counts.values()) {
      for (const destination of gone) byDestination.delete(destination);
    }
  }

  #begin(
    byCode: ByCode,
    source: Peer,
    { namespace, name }: ServiceName,
    { code: exact, flags, destination }: RequestEnd,
  ): RequestCount {
    const code =
      byCode.size < MOST_CODES ? exact : Math.floor(exact / 100) * 100;
    const key = code * 8 + RESPONSE_FLAGS.indexOf(flags);
    let count = byCode.get(key);
    if (!count) {
      count = {
        source,
        destination,
        service: { namespace, name },
        code,
        flags,
        count: 0,
        durationMsSum: 0,
        perBucket: new Array<number>(DURATION_BUCKETS_MS.length + 1).fill(0),
      };
      byCode.set(key, count);
    }
    return count;
  }
}

function child<K, K2, V>(parent: Map<K, Map<K2, V>>, key: K): Map<K2, V> {
  let inner = parent.get(key);
  if (!inner) {
    inner = new Map<K2, V>();
    parent.set(key, inner);
  }
  return inner;
}
