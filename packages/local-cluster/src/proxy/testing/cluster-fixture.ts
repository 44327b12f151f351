import { type RequestListener, type Server, createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { Agent, setGlobalDispatcher } from 'undici';
import { SqliteStore } from '../../store/index.ts';
import { systemClock } from '../../system-clock.ts';
import type { KubeObject, PodIdentity, Store } from '../../types.ts';
import { type Proxy, type ProxyDeps, startProxy } from '../index.ts';

export interface Fixture {
  store: Store;
  proxy: Proxy;
  dataDir: string;
  /** The address for people, from the annotation. */
  urlOf(service: string): Promise<string>;
}

export function tempDir(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'local-cluster-proxy-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A proxy on a real store; the tests play the kubelet. */
export async function startFixture(
  t: TestContext,
  options: Partial<ProxyDeps> = {},
): Promise<Fixture> {
  const dataDir = options.dataDir ?? tempDir(t);
  const store =
    options.store ?? SqliteStore.open({ dataDir, clock: systemClock });
  // A Service gets the same port in each test: connections kept from the one before would be stale.
  setGlobalDispatcher(new Agent());
  const proxy = await startProxy({
    store,
    clock: systemClock,
    dataDir,
    ...options,
  });
  t.after(() => proxy.stop());
  return {
    store,
    proxy,
    dataDir,
    async urlOf(service) {
      const written = await until(() =>
        store
          .list({ apiVersion: 'v1', kind: 'Service' })
          .items.find(
            ({ metadata }) =>
              metadata.name === service &&
              metadata.annotations?.['local-cluster/url'],
          ),
      );
      return written.metadata.annotations?.['local-cluster/url'] ?? '';
    },
  };
}

/** Looks again until there is something; fails after 10 s. */
export async function until<T>(look: () => T | undefined | false): Promise<T> {
  const giveUpAt = Date.now() + 10_000;
  for (;;) {
    const seen = look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > giveUpAt) throw new Error(`never came true: ${look}`);
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

export function createService(
  store: Store,
  name: string,
  selector: Record<string, string> = { app: name },
): KubeObject {
  return store.create({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'default', name },
    spec: { selector, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  });
}

const statusOf = (ready: boolean) => ({
  phase: 'Running',
  podIP: '127.0.0.1',
  conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
});

export interface PodOptions {
  name: string;
  port: number;
  ready?: boolean;
  labels?: Record<string, string>;
  owner?: { apiVersion: string; kind: string; name: string; uid: string };
}

/** Writes a pod as the kubelet would show it. */
export function createPod(store: Store, options: PodOptions): PodIdentity {
  const {
    name,
    port,
    ready = true,
    labels = { app: 'orders' },
    owner,
  } = options;
  const { metadata } = store.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace: 'default',
      name,
      labels,
      annotations: { 'local-cluster/port': String(port) },
      ownerReferences: owner ? [{ ...owner, controller: true }] : undefined,
    },
    spec: { nodeName: 'local' },
    status: statusOf(ready),
  });
  return { namespace: 'default', name, uid: metadata.uid, labels };
}

export function setReady(store: Store, name: string, ready: boolean): void {
  store.modify(
    { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name },
    pod => ({ ...pod, status: statusOf(ready) }),
  );
}

/** A server in this process that stands for a pod's; returns its port. */
export async function serve(
  t: TestContext,
  handler: RequestListener,
  prepare: (server: Server) => void = () => {},
): Promise<number> {
  const server = createServer(handler);
  prepare(server);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return portOf(server);
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const port = portOf(server);
  await new Promise(resolve => server.close(resolve));
  return port;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('no port');
  return address.port;
}
