import type { ContainerStatus, Pod } from '../kube/objects';
import { parseQuantity } from '../kube/quantity';
import { explainPod } from '../reasons/explainPod';
import { terminationWords } from '../reasons/terminationWords';
import type { PodView, ResourceAmounts, TerminationView } from '../types';
import { conditionView } from './conditionView';

/** Label by which pods and replica sets of one revision know each other. */
export const POD_TEMPLATE_HASH = 'pod-template-hash';

/** A pod as people see it. */
export function podView(pod: Pod, now: Date): PodView {
  const reason = explainPod(pod, now);
  const statuses = pod.status?.containerStatuses ?? [];
  return {
    name: pod.metadata.name,
    namespace: pod.metadata.namespace,
    uid: pod.metadata.uid,
    phase: pod.status?.phase ?? 'Unknown',
    state: reason?.state ?? 'ready',
    ready: reason === undefined,
    notReadyReason: reason?.words,
    restarts: statuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
    lastTermination: lastTermination(statuses, pod),
    node: pod.spec.nodeName,
    revisionHash: pod.metadata.labels[POD_TEMPLATE_HASH],
    createdAt: pod.metadata.creationTimestamp,
    startedAt: pod.status?.startTime,
    requests: resources(pod, 'requests'),
    limits: resources(pod, 'limits'),
    image: pod.spec.containers[0]?.image,
    containers: pod.spec.containers.map(({ name }) => name),
    conditions: (pod.status?.conditions ?? []).map(conditionView),
  };
}

function lastTermination(
  statuses: ContainerStatus[],
  pod: Pod,
): TerminationView | undefined {
  return statuses
    .flatMap(({ name, state, lastState }) => {
      const terminated = state?.terminated ?? lastState?.terminated;
      return terminated ? [{ name, terminated }] : [];
    })
    .map(({ name, terminated }) => ({
      container: name,
      reason: terminated.reason ?? 'Error',
      words: terminationWords(terminated, name, pod),
      exitCode: terminated.exitCode ?? undefined,
      at: terminated.finishedAt,
    }))
    .sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''))[0];
}

/** Sums over containers; an amount is missing as soon as one container states none: the sum would lie. */
function resources(pod: Pod, kind: 'requests' | 'limits'): ResourceAmounts {
  const sum = (name: string) => {
    let total: number | undefined = 0;
    for (const container of pod.spec.containers) {
      const text = container.resources?.[kind][name];
      const amount = text === undefined ? undefined : parseQuantity(text);
      total =
        amount === undefined || total === undefined
          ? undefined
          : total + amount;
    }
    return total;
  };
  return { cpuCores: sum('cpu'), memoryBytes: sum('memory') };
}
