import type { Cluster, DeploymentTree } from '../cluster/Cluster';
import { explainPod } from '../reasons/explainPod';
import type { RolloutSource } from '../rollout/waitForRollout';
import type {
  KubernetesObject,
  LogChunk,
  LogOptions,
  PodRef,
  PodView,
  WorkloadRef,
} from '../types';
import { workloadView } from '../workloads/workloadView';
import type { ChangeFeed } from './ChangeFeed';
import { tellingLine } from './tellingLine';

interface Options {
  workload: WorkloadRef;
  cluster: Cluster;
  feed: ChangeFeed;
  now: () => Date;
  getDeployment(): Promise<KubernetesObject | undefined>;
  logs(pod: PodRef, options: LogOptions): AsyncIterable<LogChunk>;
}

const LOG_LIMIT_MS = 3_000;
/** Enough for an error with its stack. */
const TAIL_LINES = 40;

/** What waiting for a rollout looks at, from the informers of the cluster. */
export function rolloutSource(options: Options): RolloutSource {
  const { workload, cluster, feed, now } = options;
  const tree = (): DeploymentTree | undefined =>
    cluster.get(workload.namespace, workload.name);

  return {
    async generation() {
      const deployment = await options.getDeployment();
      return deployment && (deployment.metadata.generation ?? 0);
    },
    current() {
      const found = tree();
      return (
        found && {
          view: workloadView({
            environment: workload.environment,
            ...found,
            now: now(),
          }),
          generation: found.deployment.metadata.generation,
        }
      );
    },
    state: () => cluster.state,
    isFatal(pod) {
      const found = tree()?.pods.find(
        ({ metadata }) => metadata.uid === pod.uid,
      );
      return found !== undefined && Boolean(explainPod(found, now())?.fatal);
    },
    onChange: listener =>
      feed.subscribe(change => {
        if (
          change.kind === 'Cluster' ||
          (change.name === workload.name &&
            change.namespace === workload.namespace)
        ) {
          listener();
        }
      }),
    lastLogLine: pod => lastLogLine(options, pod),
  };
}

/** What the container said that tells most: before it ended, or now. */
async function lastLogLine(
  { workload, logs }: Options,
  pod: PodView,
): Promise<string | undefined> {
  const ref = {
    environment: workload.environment,
    namespace: pod.namespace,
    name: pod.name,
  };
  for (const previous of pod.restarts > 0 ? [true, false] : [false]) {
    try {
      const lines: string[] = [];
      for await (const { text } of logs(ref, {
        follow: false,
        tailLines: TAIL_LINES,
        previous,
        maxLineBytes: 500,
        signal: AbortSignal.timeout(LOG_LIMIT_MS),
      })) {
        lines.push(text);
      }
      const last = tellingLine(lines);
      if (last) {
        return last;
      }
    } catch {
      // A container that never ran has no log: the reason must do.
    }
  }
  return undefined;
}
