import type { Deployment, Pod, ReplicaSet } from '../kube/objects';
import type { WorkloadView } from '../types';
import { conditionView } from './conditionView';
import { podView } from './podView';
import { revisionsOf } from './revisions';

/** What is known of a deployment. */
export interface DeploymentFacts {
  environment: string;
  deployment: Deployment;
  replicaSets: ReplicaSet[];
  pods: Pod[];
  now: Date;
}

/** A deployment as people see it. */
export function workloadView(facts: DeploymentFacts): WorkloadView {
  const { environment, deployment, replicaSets, pods, now } = facts;
  const { metadata, spec, status } = deployment;
  const ref = {
    environment,
    namespace: metadata.namespace,
    kind: 'Deployment' as const,
    name: metadata.name,
  };
  const revisions = revisionsOf(ref, deployment, replicaSets);
  const observed = (status?.observedGeneration ?? 0) >= metadata.generation;
  return {
    ref,
    uid: metadata.uid,
    labels: { ...spec.template.metadata?.labels, ...metadata.labels },
    annotations: metadata.annotations,
    createdAt: metadata.creationTimestamp,
    desired: spec.replicas,
    ready: status?.readyReplicas ?? 0,
    updated: observed ? status?.updatedReplicas ?? 0 : 0,
    available: status?.availableReplicas ?? 0,
    observed,
    progressDeadlineSeconds: spec.progressDeadlineSeconds ?? undefined,
    revision: observed ? revisions.current : undefined,
    revisions: revisions.all,
    pods: pods
      .map(pod => podView(pod, now))
      .sort(
        (a, b) =>
          a.createdAt.localeCompare(b.createdAt) ||
          a.name.localeCompare(b.name),
      ),
    conditions: (status?.conditions ?? []).map(conditionView),
    paused: spec.paused ?? false,
  };
}
