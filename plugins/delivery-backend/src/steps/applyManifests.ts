import { ConflictError } from '@backstage/errors';
import {
  KUBERNETES_ID,
  MANAGED_BY,
  MANAGED_BY_LABEL,
  REPOSITORY_LABEL,
  RenderedManifest,
} from '../manifests/renderManifests';
import { KubernetesObject } from '@ghostlight/plugin-clusters-node';
import { NamespacedRef } from './NamespacedRef';
import { inWords } from '../service/inWords';
import { DeploymentContext } from './DeploymentContext';
import { whileUnavailable } from './whileUnavailable';

/** Applies the objects one after the other; nothing is applied if one of them belongs to somebody else. */
export async function applyManifests(
  ctx: DeploymentContext,
  manifests: readonly RenderedManifest[],
): Promise<void> {
  const { environment } = ctx.deployment;
  const cluster = `The cluster of ${environment}`;
  for (const { object, source } of manifests) {
    const existing = await whileUnavailable(ctx, cluster, () =>
      ctx.cluster.get(environment, refOf(object)),
    );
    if (existing) {
      refuseForeign(existing, object, source);
    }
  }
  for (const { object, source } of manifests) {
    const name = `${object.kind} ${object.metadata.name}`;
    try {
      await whileUnavailable(ctx, cluster, () =>
        ctx.cluster.apply(environment, object, { fieldManager: 'ghostlight' }),
      );
    } catch (error) {
      ctx.signal.throwIfAborted();
      throw new Error(
        `${source}: ${name} was not accepted: ${inWords(error)}`,
        { cause: error },
      );
    }
    ctx.log(`Applied ${name}`);
  }
}

export function refOf(object: RenderedManifest['object']): NamespacedRef {
  const { apiVersion, kind, metadata } = object;
  return {
    apiVersion,
    kind,
    namespace: metadata.namespace,
    name: metadata.name,
  };
}

function refuseForeign(
  existing: KubernetesObject,
  wanted: RenderedManifest['object'],
  source: string,
): void {
  const labels = existing.metadata.labels ?? {};
  const ours = wanted.metadata.labels ?? {};
  const name = `${wanted.kind} ${wanted.metadata.name}`;
  if (labels[MANAGED_BY_LABEL] === MANAGED_BY) {
    const owner = labels[REPOSITORY_LABEL];
    if (owner !== undefined && owner !== ours[REPOSITORY_LABEL]) {
      throw new ConflictError(
        `${source}: ${name} in ${wanted.metadata.namespace} belongs to the repository ${owner}; choose another name`,
      );
    }
  } else if (labels[KUBERNETES_ID] !== ours[KUBERNETES_ID]) {
    throw new ConflictError(
      `${source}: ${name} exists in ${wanted.metadata.namespace} and was not deployed by Ghostlight; choose another name, or label it ${KUBERNETES_ID}=${ours[KUBERNETES_ID]} to hand it over`,
    );
  }
}
