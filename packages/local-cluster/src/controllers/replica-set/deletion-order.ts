import { isReady, readySinceMs } from '../pod-facts.ts';
import type { Pod } from '../workloads.ts';

const PHASES = ['Pending', 'Unknown', 'Running'];

const restarts = ({ status }: Pod) =>
  Math.max(0, ...status.containerStatuses.map(one => one.restartCount));
const createdMs = ({ object }: Pod) =>
  Date.parse(object.metadata.creationTimestamp);
const cost = ({ object }: Pod) =>
  Number(
    object.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'],
  ) || 0;

/** Upstream's ActivePodsWithRanks, on one node: the first difference decides, the smaller goes first. */
const CRITERIA: ((pod: Pod) => number)[] = [
  pod => (pod.spec.nodeName === undefined ? 0 : 1),
  pod => PHASES.indexOf(pod.status.phase),
  pod => (isReady(pod) ? 1 : 0),
  cost,
  pod => (isReady(pod) ? -readySinceMs(pod) : 0),
  pod => -restarts(pod),
  pod => -createdMs(pod),
];

/** Those of which least is lost come first. */
export function deletionOrder(pods: Pod[]): Pod[] {
  return [...pods].sort((a, b) => {
    for (const criterion of CRITERIA) {
      const difference = criterion(a) - criterion(b);
      if (difference !== 0) return difference;
    }
    return a.object.metadata.name < b.object.metadata.name ? -1 : 1;
  });
}
