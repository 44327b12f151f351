import { inspect } from 'node:util';
import type { Clock, PodNetwork, Running, Store } from '../types.ts';
import { type RequestCount, RequestCounts } from './request-counts.ts';
import { Network } from './network.ts';
import { PortBook } from './port-book.ts';

export interface ProxyDeps {
  store: Store;
  clock: Clock;
  /** Where the ports of Services are remembered. */
  dataDir: string;
  /** How long a pod may take until its response begins, then the caller gets 504. Default 60,000. */
  responseTimeoutMs?: number;
  /** Told of a Service that could not get a port, or of a change that could not be followed. Default: standard error. */
  onError?: (error: Error) => void;
}

export interface Proxy extends Running, PodNetwork {
  /**
   * Requests since the start, by both ends, Service and answer. What no pod has been for five minutes is left out, and begins at
   * zero if it comes back.
   */
  requests(): Iterable<RequestCount>;
}

/**
 * The network of the cluster: each Service is an HTTP proxy over its ready pods.
 *
 * A pod listens on one port, its `PORT`, so every port of a Service (named or not, whatever its `targetPort`) means that one,
 * and a Service has one listener per caller however many ports it declares.
 */
export async function startProxy(deps: ProxyDeps): Promise<Proxy> {
  const network = new Network(
    deps.store,
    {
      clock: deps.clock,
      counts: new RequestCounts(),
      responseTimeoutMs: deps.responseTimeoutMs ?? 60_000,
    },
    new PortBook(deps.dataDir),
    // The process has no log of its own but this stream.
    deps.onError ??
      (error => process.stderr.write(`proxy: ${inspect(error)}\n`)),
  );
  await network.start();
  return network;
}
