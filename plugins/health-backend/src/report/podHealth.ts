import type { PodUsage, PodView } from '@ghostlight/plugin-clusters-node';
import type { PodHealth } from '@ghostlight/plugin-health-common';

export function podHealth(
  pod: PodView,
  usage: PodUsage | undefined,
): PodHealth {
  const { lastTermination, limits } = pod;
  return {
    name: pod.name,
    state: pod.state,
    reason: pod.notReadyReason,
    restarts: pod.restarts,
    lastTermination: lastTermination && {
      reason: lastTermination.words,
      exitCode: lastTermination.exitCode,
      at: lastTermination.at,
    },
    startedAt: pod.startedAt,
    revisionHash: pod.revisionHash,
    node: pod.node,
    cpu: usage && { cores: usage.cpuCores, limitCores: limits.cpuCores },
    memory: usage && {
      bytes: usage.memoryBytes,
      limitBytes: limits.memoryBytes,
    },
  };
}
