import { EventRecorder } from '../controllers/events/event-recorder.ts';
import type { ImageUse } from '../images/index.ts';
import type {
  Clock,
  ImageStore,
  KubeObject,
  PodLogs,
  PodMetrics,
  PodNetwork,
  Running,
  Store,
} from '../types.ts';
import { CLUSTER_MARKER } from './container-plan.ts';
import { imagesInUse } from './images-in-use.ts';
import { PodPorts } from './free-port.ts';
import { LOG_LIMITS } from './logs/container-log.ts';
import { PodLogRegistry } from './logs/pod-log-registry.ts';
import type { KubeletOptions, KubeletParts } from './parts.ts';
import { PodWorker } from './pod-worker.ts';
import { keepClusterId } from './processes/cluster-id.ts';
import { endOrphans } from './processes/end-orphans.ts';
import { ProcessGuard } from './processes/process-guard.ts';
import { processTable } from './processes/process-table.ts';
import { UPSTREAM_BACK_OFF } from './restart-policy.ts';
import { UsageMonitor } from './usage/usage-monitor.ts';

const PODS = { apiVersion: 'v1', kind: 'Pod' };

const DEFAULTS: KubeletOptions = {
  backOff: UPSTREAM_BACK_OFF,
  retryMs: 1000,
  drainMs: 2000,
  stopGraceMs: 5000,
  logs: LOG_LIMITS,
};

/** Runs every pod of the store as a local process, until stopped. */
export async function startKubelet(deps: {
  store: Store;
  clock: Clock;
  dataDir: string;
  network: PodNetwork;
  images: ImageStore & Partial<ImageUse>;
  options?: Partial<KubeletOptions>;
}): Promise<Running & PodLogs & PodMetrics> {
  const { store, clock, dataDir } = deps;
  const table = processTable();
  const clusterId = keepClusterId(dataDir);
  await endOrphans(table, `${CLUSTER_MARKER}=${clusterId}`);
  const parts: KubeletParts = {
    ...deps,
    clusterId,
    events: new EventRecorder({ store, clock, component: 'kubelet' }),
    guard: new ProcessGuard(),
    table,
    ports: new PodPorts(),
    logs: new PodLogRegistry({ dataDir, clock }),
    monitor: new UsageMonitor({ table, clock }),
    options: { ...DEFAULTS, ...deps.options },
  };
  deps.images.keepInUse?.(() => imagesInUse(store));
  const workers = new Map<string, PodWorker>();
  const see = (pod: KubeObject) => {
    const { uid } = pod.metadata;
    const known = workers.get(uid);
    if (known) {
      known.update(pod);
      return;
    }
    const worker = new PodWorker(parts, pod);
    workers.set(uid, worker);
    worker.done.then(
      () => workers.delete(uid),
      error => {
        workers.delete(uid);
        process.stderr.write(`kubelet: pod ${pod.metadata.name}: ${error}\n`);
      },
    );
  };
  const unwatch = store.watch(PODS, ({ type, object }) => {
    if (type === 'DELETED') workers.get(object.metadata.uid)?.removed();
    // An event may be older than what is stored by now; only what is stored is run.
    else if (
      store.get({ ...PODS, ...place(object) })?.metadata.uid ===
      object.metadata.uid
    )
      see(object);
  });
  for (const pod of store.list(PODS).items) see(pod);
  return {
    read: (pod, query) => parts.logs.read(pod, query),
    usage: namespace => parts.monitor.usage(namespace),
    async stop() {
      unwatch();
      await Promise.all([...workers.values()].map(worker => worker.stop()));
      parts.monitor.stop();
      await parts.guard.stop();
    },
  };
}

function place({ metadata: { namespace, name } }: KubeObject) {
  return { namespace, name };
}
