import type { Clock } from '../types.ts';
import type { PodBackend } from './pod-backend.ts';
import { pickBackend } from './pick-backend.ts';
import type { RequestCounts } from './request-counts.ts';

/** Where the requests for one Service go right now; reconciling replaces the backends. */
export class Route {
  readonly namespace: string;
  readonly name: string;
  readonly key: string;
  backends: readonly PodBackend[] = [];
  /** Told to callers while there are no backends. */
  whyNobody: string;
  #turn = 0;

  constructor(service: { namespace: string; name: string }) {
    this.namespace = service.namespace;
    this.name = service.name;
    this.key = `${service.namespace}/${service.name}`;
    this.whyNobody = `no ready pod behind service ${service.name}`;
  }

  pick(tried?: ReadonlySet<PodBackend>): PodBackend | undefined {
    this.#turn = (this.#turn + 1) % 1_000_000;
    return pickBackend(this.backends, this.#turn, tried);
  }
}

/** What all exchanges share. */
export interface ExchangeContext {
  clock: Clock;
  counts: RequestCounts;
  /** How long a pod may take until its response begins; a body may take as long as it likes. */
  responseTimeoutMs: number;
}
