import {
  DURATION_BUCKETS_MS,
  type Peer,
  type RequestCount,
  UNKNOWN,
} from '../../proxy/index.ts';
import type { Labels, MetricProducer, Scraped } from '../types.ts';
import { makeLabels } from '../tsdb/labels.ts';

/** The labels of one count's series, made once: collecting goes on for as long as the cluster runs. */
interface CountLabels {
  total: Labels;
  count: Labels;
  sum: Labels;
  /** The last is +Inf. */
  buckets: Labels[];
}

type Reporter = 'source' | 'destination';

/** What Istio's proxies tell of requests, from what this one counts: https://istio.io/latest/docs/reference/config/metrics */
export class IstioProducer implements MetricProducer {
  readonly job = 'istio';
  readonly metadata: MetricProducer['metadata'] = {
    istio_requests_total: {
      type: 'counter',
      help: 'Requests through the Services of this cluster.',
    },
    istio_request_duration_milliseconds: {
      type: 'histogram',
      help: 'How long requests took, in milliseconds.',
    },
  };
  readonly #requests: () => Iterable<RequestCount>;
  readonly #labels = new WeakMap<RequestCount, CountLabels[]>();

  constructor(proxy: { requests(): Iterable<RequestCount> }) {
    this.#requests = () => proxy.requests();
  }

  *collect(): Generator<Scraped, void, undefined> {
    for (const count of this.#requests()) {
      for (const labels of this.#labelsOf(count)) {
        yield { labels: labels.total, value: count.count };
        yield { labels: labels.count, value: count.count };
        yield {
          labels: labels.sum,
          // Whole microseconds: exact enough, and a fraction of the bytes in store.
          value: Math.round(count.durationMsSum * 1000) / 1000,
        };
        let upTo = 0;
        for (const [i, bucket] of labels.buckets.entries()) {
          upTo += count.perBucket[i];
          yield { labels: bucket, value: upTo };
        }
      }
    }
  }

  #labelsOf(count: RequestCount): CountLabels[] {
    let labels = this.#labels.get(count);
    if (!labels) {
      labels = [labelsFor(count, 'source')];
      if (count.destination) labels.push(labelsFor(count, 'destination'));
      this.#labels.set(count, labels);
    }
    return labels;
  }
}

function labelsFor(count: RequestCount, reporter: Reporter): CountLabels {
  const common = Object.entries({
    job: 'istio',
    reporter,
    ...peerLabels('source', count.source),
    ...peerLabels('destination', count.destination ?? UNKNOWN),
    destination_service: `${count.service.name}.${count.service.namespace}.svc.cluster.local`,
    destination_service_name: count.service.name,
    destination_service_namespace: count.service.namespace,
    request_protocol: 'http',
    response_code: String(count.code),
    response_flags: count.flags,
    // The caller's side does not know how the other one took it; that one knows that it was not encrypted.
    connection_security_policy: reporter === 'source' ? 'unknown' : 'none',
  });
  const named = (name: string, le?: string) =>
    makeLabels([['__name__', name], ['le', le ?? ''], ...common]);
  const duration = 'istio_request_duration_milliseconds';
  return {
    total: named('istio_requests_total'),
    count: named(`${duration}_count`),
    sum: named(`${duration}_sum`),
    buckets: [...DURATION_BUCKETS_MS.map(String), '+Inf'].map(le =>
      named(`${duration}_bucket`, le),
    ),
  };
}

function peerLabels(
  end: 'source' | 'destination',
  peer: Peer,
): Record<string, string> {
  return {
    [`${end}_workload`]: peer.workload,
    [`${end}_workload_namespace`]: peer.namespace,
    [`${end}_canonical_service`]: peer.canonicalService,
    [`${end}_canonical_revision`]: peer.canonicalRevision,
    [`${end}_app`]: peer.app,
    [`${end}_version`]: peer.version,
  };
}
