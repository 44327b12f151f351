import type { Deployment, ReplicaSet } from '../kube/objects';
import type { Revision, WorkloadRef } from '../types';
import { commitOf, VERSION_LABEL } from './commitOf';
import { POD_TEMPLATE_HASH } from './podView';

const REVISION_ANNOTATION = 'deployment.kubernetes.io/revision';
export const DEPLOYED_BY_ANNOTATION = 'ghostlight.dev/deployed-by';

/**
 * The revisions of a deployment that still have a replica set, newest first, and the current one.
 * The current one is undefined until its controller has made a replica set for the newest spec.
 */
export function revisionsOf(
  ref: WorkloadRef,
  deployment: Deployment,
  replicaSets: ReplicaSet[],
): { current: Revision | undefined; all: Revision[] } {
  const sorted = [...replicaSets].sort(
    (a, b) => revisionNumber(b) - revisionNumber(a),
  );
  const currentNumber = revisionNumber(deployment);
  const all = sorted.map(replicaSet => {
    const isCurrent = revisionNumber(replicaSet) === currentNumber;
    return {
      number: revisionNumber(replicaSet),
      revision: {
        workload: ref,
        ...fromReplicaSet(replicaSet),
        // The workload says who deployed last; of older revisions nobody wrote it down.
        by: isCurrent
          ? deployment.metadata.annotations[DEPLOYED_BY_ANNOTATION]
          : undefined,
        at: isCurrent
          ? deployedAt(replicaSet, replicaSets, deployment)
          : replicaSet.metadata.creationTimestamp,
      },
    };
  });
  return {
    current: all.find(({ number }) => number === currentNumber)?.revision,
    all: all.map(({ revision }) => revision),
  };
}

function fromReplicaSet({ metadata, spec }: ReplicaSet) {
  const images = spec.template.spec.containers.flatMap(({ image }) =>
    image ? [image] : [],
  );
  const labels = spec.template.metadata?.labels ?? {};
  return {
    hash: metadata.labels[POD_TEMPLATE_HASH] ?? metadata.name,
    version: labels[VERSION_LABEL] ?? labels.version,
    images,
    commit: commitOf({
      labels,
      annotations: spec.template.metadata?.annotations ?? {},
      images,
    }),
  };
}

/**
 * A replica set is made when its revision is deployed for the first time. When an older one became current again
 * (a rollback), its age says nothing, and the deployment's last progress does.
 */
function deployedAt(
  current: ReplicaSet,
  replicaSets: ReplicaSet[],
  deployment: Deployment,
): string {
  const created = current.metadata.creationTimestamp;
  const newerExists = replicaSets.some(
    ({ metadata }) => metadata.creationTimestamp > created,
  );
  const progress = deployment.status?.conditions.find(
    ({ type }) => type === 'Progressing',
  );
  return newerExists ? progress?.lastUpdateTime ?? created : created;
}

function revisionNumber(object: {
  metadata: { annotations: Record<string, string> };
}): number {
  return Number(object.metadata.annotations[REVISION_ANNOTATION] ?? 0);
}
