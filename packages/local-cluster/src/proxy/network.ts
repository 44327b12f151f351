import type { PodIdentity, Store } from '../types.ts';
import { Backends } from './backends.ts';
import { decideMembership, whyNobody } from './decide.ts';
import { serviceVariables } from './service-variables.ts';
import {
  type PodFacts,
  type ServiceFacts,
  URL_ANNOTATION,
  observePod,
  observeService,
} from './observe.ts';
import { GonePeers } from './gone-peers.ts';
import { type Peer, Peers } from './peer.ts';
import type { PortBook } from './port-book.ts';
import { publishEndpoints, withdrawEndpoints } from './publish-endpoints.ts';
import type { RequestCount } from './request-counts.ts';
import type { ExchangeContext } from './route.ts';
import { ServiceProxy } from './service-proxy.ts';
import type { Proxy } from './start-proxy.ts';

const PODS = { apiVersion: 'v1', kind: 'Pod' };
const SERVICES = { apiVersion: 'v1', kind: 'Service' };

const keyOf = ({ namespace, name }: { namespace: string; name: string }) =>
  `${namespace}/${name}`;

interface Caller {
  namespace: string;
  source: Peer;
}

/** Observes Services and pods in the store, decides who stands behind which Service, and lets the listeners follow. */
export class Network implements Proxy {
  readonly #store: Store;
  readonly #context: ExchangeContext;
  readonly #ports: PortBook;
  readonly #onError: (error: Error) => void;
  readonly #peers: Peers;
  readonly #backends: Backends;
  readonly #gone = new GonePeers();
  readonly #proxies = new Map<string, ServiceProxy>();
  readonly #callers = new Map<string, Caller>();
  readonly #drained = new Map<string, string>();
  readonly #dirty = new Set<string>();
  #unsubscribe: (() => void)[] = [];
  #stopped = false;

  constructor(
    store: Store,
    context: ExchangeContext,
    ports: PortBook,
    onError: (error: Error) => void,
  ) {
    this.#store = store;
    this.#context = context;
    this.#ports = ports;
    this.#onError = onError;
    this.#peers = new Peers(store);
    this.#backends = new Backends(pod => this.#peers.of(pod));
  }

  /** Resolves when every Service that exists has its listener. */
  async start(): Promise<void> {
    this.#unsubscribe = [PODS, SERVICES].map(scope =>
      this.#store.watch(scope, ({ type, object }) => {
        if (type === 'DELETED') this.#drained.delete(object.metadata.uid);
        this.#touch(object.metadata.namespace ?? 'default');
      }),
    );
    const services = this.#store.list(SERVICES).items.map(observeService);
    for (const namespace of new Set(services.map(s => s.namespace))) {
      this.#reconcile(namespace);
    }
    await Promise.all(
      [...this.#proxies.values()].map(proxy => proxy.outside()),
    );
  }

  async attach(pod: PodIdentity): Promise<Record<string, string>> {
    const source = this.#peers.of(pod);
    this.#callers.set(pod.uid, { namespace: pod.namespace, source });
    this.#reconcile(pod.namespace);
    const services = this.#servicesOf(pod.namespace);
    const variables = await Promise.all(
      services.map(async service => {
        const proxy = this.#proxies.get(keyOf(service));
        const port = await proxy?.forCaller(pod.uid, source);
        return port === undefined ? {} : serviceVariables(service, port);
      }),
    );
    return Object.assign({}, ...variables);
  }

  async detach(podUid: string): Promise<void> {
    this.#callers.delete(podUid);
    const proxies = [...this.#proxies.values()];
    await Promise.all(proxies.map(proxy => proxy.dropCaller(podUid)));
  }

  async drain(podUid: string, drainMs: number): Promise<void> {
    const pod = this.#store
      .list(PODS)
      .items.map(observePod)
      .find(({ uid }) => uid === podUid);
    if (pod) {
      this.#drained.set(podUid, pod.incarnation);
      this.#reconcile(pod.namespace);
    }
    let cancel = () => {};
    const patience = new Promise<void>(resolve => {
      cancel = this.#context.clock.after(drainMs, resolve);
    });
    await Promise.race([this.#backends.idle(podUid), patience]);
    cancel();
  }

  requests(): Iterable<RequestCount> {
    const { counts, clock } = this.#context;
    const callers = [...this.#callers.values()].map(({ source }) => source);
    const living = new Set([...callers, ...this.#backends.peers()]);
    const gone = this.#gone.observe(
      counts.peers(),
      living,
      clock.now().getTime(),
    );
    if (gone.size > 0) {
      counts.forget(gone);
      this.#peers.forget(gone);
    }
    return counts.list();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    const proxies = [...this.#proxies.values()];
    await Promise.all(proxies.map(proxy => proxy.destroy()));
    await this.#backends.destroy();
  }

  /** Several changes at once are one reconciliation. */
  #touch(namespace: string): void {
    if (this.#dirty.size === 0) {
      queueMicrotask(() => {
        const namespaces = [...this.#dirty];
        this.#dirty.clear();
        for (const dirty of namespaces) {
          try {
            this.#reconcile(dirty);
          } catch (cause) {
            // One namespace that cannot be written must not cut off the others; its next change tries again.
            this.#onError(
              new Error(`the Services of ${dirty} could not follow a change`, {
                cause,
              }),
            );
          }
        }
      });
    }
    this.#dirty.add(namespace);
  }

  #reconcile(namespace: string): void {
    if (this.#stopped) return;
    const services = this.#servicesOf(namespace);
    const pods = this.#store.list({ ...PODS, namespace }).items.map(observePod);
    this.#forgetDrained(pods);
    const used = new Set(
      services.flatMap(service => this.#follow(service, pods)),
    );
    this.#backends.retain(namespace, used);
    const wanted = new Set(services.map(keyOf));
    for (const [key, proxy] of this.#proxies) {
      if (proxy.route.namespace !== namespace || wanted.has(key)) continue;
      this.#proxies.delete(key);
      proxy.close();
      withdrawEndpoints(this.#store, proxy.route);
    }
  }

  /** Brings one Service to where it should be; returns the backends it uses. */
  #follow(service: ServiceFacts, pods: PodFacts[]) {
    const membership = decideMembership(service, pods, this.#drained);
    const { route } = this.#proxyOf(service);
    route.backends = membership.ready.map(pod => this.#backends.of(pod));
    route.whyNobody = whyNobody(service, membership);
    publishEndpoints(this.#store, service, membership);
    return route.backends;
  }

  #proxyOf(service: ServiceFacts): ServiceProxy {
    const key = keyOf(service);
    let proxy = this.#proxies.get(key);
    if (!proxy) {
      proxy = new ServiceProxy(service, this.#context, this.#ports);
      this.#proxies.set(key, proxy);
    }
    for (const [podUid, { namespace, source }] of this.#callers) {
      if (namespace !== service.namespace) continue;
      proxy.forCaller(podUid, source).catch(this.#onError);
    }
    proxy
      .outside()
      .then(port => this.#writeUrl(service, port))
      .catch(this.#onError);
    return proxy;
  }

  #writeUrl({ namespace, name }: ServiceFacts, port: number): void {
    if (this.#stopped) return;
    const url = `http://127.0.0.1:${port}`;
    this.#store.modify({ ...SERVICES, namespace, name }, service => {
      const annotations = service.metadata.annotations ?? {};
      if (annotations[URL_ANNOTATION] === url) return undefined;
      return {
        ...service,
        metadata: {
          ...service.metadata,
          annotations: { ...annotations, [URL_ANNOTATION]: url },
        },
      };
    });
  }

  #servicesOf(namespace: string): ServiceFacts[] {
    return this.#store
      .list({ ...SERVICES, namespace })
      .items.map(observeService);
  }

  /** A pod that was drained and then seen not ready starts with a clean slate. */
  #forgetDrained(pods: PodFacts[]): void {
    for (const pod of pods) {
      if (!pod.ready && !pod.terminating) this.#drained.delete(pod.uid);
    }
  }
}
