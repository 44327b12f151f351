import { certificates, openApiServer } from './api/index.ts';
import { keepToken, writeAccess } from './cluster/access-files.ts';
import { bootstrap } from './cluster/bootstrap.ts';
import { lockDataFolder } from './cluster/data-lock.ts';
import { startControllers } from './controllers/index.ts';
import { startImages } from './images/index.ts';
import { startKubelet } from './kubelet/index.ts';
import { startPrometheus } from './prometheus/index.ts';
import { startProxy } from './proxy/index.ts';
import { SqliteStore } from './store/index.ts';
import { systemClock } from './system-clock.ts';
import type { Clock, Running, Store } from './types.ts';

export interface ClusterOptions {
  /** Holds everything that survives a restart. One cluster at a time. */
  dataDir: string;
  /** 0 takes a free one. */
  port: number;
  /** Default: the machine's. */
  clock?: Clock;
  /** How often metrics are taken. Default 5,000. */
  scrapeIntervalMs?: number;
  /** Told of what should not happen. Default: standard error. */
  onUnexpected?: (error: unknown) => void;
}

export interface Cluster extends Running {
  /** https://127.0.0.1:<port>; the same port also speaks plain HTTP. */
  url: string;
  port: number;
  token: string;
  /** PEM */
  ca: string;
  /** Path of the kubeconfig file. */
  kubeconfig: string;
  store: Store;
}

const report = (error: unknown) => {
  process.stderr.write(
    `local-cluster: ${
      error instanceof Error ? error.stack ?? error.message : String(error)
    }\n`,
  );
};

/**
 * Starts a whole cluster in this process: store, images, network, kubelet, controllers and API.
 *
 * @throws Error that says what to do when the folder or the port is in use
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { dataDir, port, clock = systemClock, onUnexpected = report } = options;
  // What was started is stopped in reverse, also when a later part fails to start.
  const started: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  try {
    started.push(lockDataFolder(dataDir));
    const store = SqliteStore.open({
      dataDir,
      clock,
      onListenerError: onUnexpected,
    });
    started.push(() => store.close());
    const runs = <T extends Running>(part: T): T => {
      started.push(() => part.stop());
      return part;
    };
    const token = keepToken(dataDir);
    const { ca, cert, key } = await certificates(dataDir, clock.now());
    const api = runs(
      await openApiServer({ port, token, key, cert, onUnexpected }),
    );
    runs(bootstrap({ store, clock }));
    const images = runs(await startImages({ dataDir }));
    const network = runs(await startProxy({ store, clock, dataDir }));
    const kubelet = runs(
      await startKubelet({ store, clock, dataDir, network, images }),
    );
    runs(await startControllers({ store, clock }));
    const prometheus = runs(
      await startPrometheus({
        store,
        clock,
        dataDir,
        proxy: network,
        kubelet,
        intervalMs: options.scrapeIntervalMs ?? 5_000,
      }),
    );
    const url = `https://127.0.0.1:${api.port}`;
    const { kubeconfig } = writeAccess({ dataDir, url, token, ca });
    api.serve({
      store,
      clock,
      logs: kubelet,
      metrics: kubelet,
      extensions: [images.extension, prometheus.extension],
    });
    return { url, port: api.port, token, ca, kubeconfig, store, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
