/** Upper bounds in milliseconds, those of Istio's `istio_request_duration_milliseconds`. */
export const DURATION_BUCKETS_MS: readonly number[] = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000,
  60_000, 300_000, 600_000, 1_800_000, 3_600_000,
];

/** `aborted`: the caller went away before it had its answer. */
export type CodeClass = '1xx' | '2xx' | '3xx' | '4xx' | '5xx' | 'aborted';

/** Who asked. People and anything that is no pod are the workload `unknown`. */
export interface RequestSource {
  namespace?: string;
  workload: string;
  /** Labels of the calling pod, so that revisions of one workload stay apart. */
  labels: Readonly<Record<string, string>>;
}

export interface ServiceRequestCount {
  source: RequestSource;
  service: { namespace: string; name: string };
  codeClass: CodeClass;
  count: number;
  durationMsSum: number;
  /** Cumulative, as Prometheus has it; requests slower than the last bound are in `count` only. */
  buckets: { leMs: number; count: number }[];
}

interface Cell {
  count: number;
  durationMsSum: number;
  /** One more than there are bounds: the last is "slower". */
  perBucket: number[];
}

/** Counts since the start of the process; they only grow. Nested Maps, because joining keys into a string costs ten times more. */
export class RequestCounts {
  readonly #cells = new Map<
    RequestSource,
    Map<string, Map<string, Map<CodeClass, Cell>>>
  >();

  record(
    source: RequestSource,
    service: { namespace: string; name: string },
    codeClass: CodeClass,
    durationMs: number,
  ): void {
    const byNamespace = child(this.#cells, source);
    const byName = child(byNamespace, service.namespace);
    const byCode = child(byName, service.name);
    let cell = byCode.get(codeClass);
    if (!cell) {
      cell = {
        count: 0,
        durationMsSum: 0,
        perBucket: new Array<number>(DURATION_BUCKETS_MS.length + 1).fill(0),
      };
      byCode.set(codeClass, cell);
    }
    cell.count += 1;
    cell.durationMsSum += durationMs;
    let bucket = 0;
    while (durationMs > DURATION_BUCKETS_MS[bucket]) bucket += 1;
    cell.perBucket[bucket] += 1;
  }

  list(): ServiceRequestCount[] {
    const counts: ServiceRequestCount[] = [];
    for (const [source, byNamespace] of this.#cells) {
      for (const [namespace, byName] of byNamespace) {
        for (const [name, byCode] of byName) {
          for (const [codeClass, cell] of byCode) {
            counts.push({
              source,
              service: { namespace, name },
              codeClass,
              count: cell.count,
              durationMsSum: cell.durationMsSum,
              buckets: cumulative(cell.perBucket),
            });
          }
        }
      }
    }
    return counts;
  }
}

export function codeClassOf(status: number): CodeClass {
  if (status < 200) return '1xx';
  if (status < 300) return '2xx';
  if (status < 400) return '3xx';
  return status < 500 ? '4xx' : '5xx';
}

function child<K, K2, V>(parent: Map<K, Map<K2, V>>, key: K): Map<K2, V> {
  let inner = parent.get(key);
  if (!inner) {
    inner = new Map<K2, V>();
    parent.set(key, inner);
  }
  return inner;
}

function cumulative(perBucket: number[]): { leMs: number; count: number }[] {
  let count = 0;
  return DURATION_BUCKETS_MS.map((leMs, i) => {
    count += perBucket[i];
    return { leMs, count };
  });
}
