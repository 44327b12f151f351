import { Listener } from './listener.ts';
import { type Peer, UNKNOWN } from './peer.ts';
import type { PortBook } from './port-book.ts';
import { type ExchangeContext, Route } from './route.ts';

interface Open {
  listener: Listener;
  port: Promise<number>;
}

/** One Service: its route, the listener for people, and one listener for each pod that may call it. */
export class ServiceProxy {
  readonly route: Route;
  readonly #context: ExchangeContext;
  readonly #ports: PortBook;
  readonly #callers = new Map<string, Open>();
  #outside: Open | undefined;

  constructor(
    service: { namespace: string; name: string },
    context: ExchangeContext,
    ports: PortBook,
  ) {
    this.route = new Route(service);
    this.#context = context;
    this.#ports = ports;
  }

  /** The port for everybody who is no pod, the same after a restart where it is free. */
  outside(): Promise<number> {
    if (!this.#outside) {
      const listener = new Listener(this.#context, this.route, UNKNOWN);
      const port = this.#ports.claim(this.#bookName(), p => listener.listen(p));
      this.#outside = { listener, port };
      port.catch(() => {
        this.#outside = undefined;
      });
    }
    return this.#outside.port;
  }

  /** The port on which this Service knows one pod as its caller. */
  forCaller(podUid: string, source: Peer): Promise<number> {
    let open = this.#callers.get(podUid);
    if (!open) {
      const listener = new Listener(this.#context, this.route, source);
      open = { listener, port: listener.listen(0) };
      this.#callers.set(podUid, open);
      open.port.catch(() => this.#callers.delete(podUid));
    }
    return open.port;
  }

  async dropCaller(podUid: string): Promise<void> {
    const open = this.#callers.get(podUid);
    this.#callers.delete(podUid);
    await open?.listener.destroy();
  }

  /** The Service is gone: what is under way ends by itself. */
  close(): void {
    for (const { listener } of this.#all()) listener.close();
    this.#ports.forget(this.#bookName());
  }

  async destroy(): Promise<void> {
    await Promise.all(this.#all().map(({ listener }) => listener.destroy()));
  }

  #all(): Open[] {
    return [
      ...this.#callers.values(),
      ...(this.#outside ? [this.#outside] : []),
    ];
  }

  #bookName(): string {
    return `${this.route.namespace}/${this.route.name}`;
  }
}
