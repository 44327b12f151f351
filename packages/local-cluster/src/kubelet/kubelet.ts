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
import { imagesInUse } from './images-in-use.ts';
import { PodPorts } from './free-port.ts';
import { LOG_LIMITS } from './logs/container-log.ts';
import { PodLogRegistry } from './logs/pod-log-registry.ts';
import type { KubeletOptions, KubeletParts } from './parts.ts';
import { PodWorker } from './pod-worker.ts';
import { keepClusterId } from './processes/cluster-id.ts';
import { endOrphans } from './processes/end-orphans.ts';
import { endStragglers } from './processes/end-stragglers.ts';
import { CLUSTER_MARKER } from './processes/markers.ts';
import { ProcessGuard } from './processes/process-guard.ts';
import { processTable } from './processes/process-table.ts';
import { UPSTREAM_BACK_OFF } from './restart-policy.ts';
import { type ContainerUsage, UsageMonitor } from './usage/usage-monitor.ts';

const AGAIN_AFTER_MS = 1000;
const PODS = { apiVersion: 'v1', kind: 'Pod' };

const DEFAULTS: KubeletOptions = {
  backOff: UPSTREAM_BACK_OFF,
  retryMs: 1000,
  drainMs: 2000,
  stopGraceMs: 5000,
  logs: LOG_LIMITS,
};

export interface Kubelet extends Running, PodLogs, PodMetrics {
  /** Running containers, measured now. */
  containers(): ContainerUsage[];
}

/** Runs every pod of the store as a local process, until stopped. */
export async function startKubelet(deps: {
  store: Store;
  clock: Clock;
  dataDir: string;
  network: PodNetwork;
  images: ImageStore & Partial<ImageUse>;
  options?: Partial<KubeletOptions>;
}): Promise<Kubelet> {
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
  const retries = new Set<() => void>();
  function see(pod: KubeObject): void {
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
        process.stderr.write(`kubelet: pod ${pod.metadata.name}: ${error}\n`);
        workers.delete(uid);
        again(pod);
      },
    );
  }
  /** Whatever went wrong with a pod (a full disk), it is taken up from what is stored, with none of its processes left. */
  function again(pod: KubeObject): void {
    endStragglers(table, pod.metadata.uid);
    const cancel = clock.after(AGAIN_AFTER_MS, () => {
      retries.delete(cancel);
      const stored = store.get({ ...PODS, ...place(pod) });
      if (stored?.metadata.uid === pod.metadata.uid) see(stored);
    });
    retries.add(cancel);
  }
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
    containers: () => parts.monitor.containers(),
    async stop() {
      unwatch();
      for (const cancel of retries) cancel();
      await Promise.all([...workers.values()].map(worker => worker.stop()));
      parts.monitor.stop();
      await parts.guard.stop();
    },
  };
}

function place({ metadata: { namespace, name } }: KubeObject) {
  return { namespace, name };
}
