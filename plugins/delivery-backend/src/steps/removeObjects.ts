import { MANIFEST_KINDS } from '../manifests/kinds';
import {
  MANAGED_BY,
  MANAGED_BY_LABEL,
  REPOSITORY_LABEL,
  RenderedManifest,
} from '../manifests/renderManifests';
import { repositoryLabelOf } from '../manifests/repositoryName';
import { Cluster } from '../service/ports';
import { NamespacedRef } from './NamespacedRef';
import { refOf } from './applyManifests';
import { DeploymentContext } from './DeploymentContext';
import { whileUnavailable } from './whileUnavailable';

/** Everything Ghostlight deployed of a repository to an environment, in the order in which it is taken away. */
export async function findDeployed(
  cluster: Cluster,
  environment: string,
  repository: string,
): Promise<NamespacedRef[]> {
  const { namespace } = cluster.environment(environment);
  const labels = {
    [MANAGED_BY_LABEL]: MANAGED_BY,
    [REPOSITORY_LABEL]: repositoryLabelOf(repository),
  };
  const kinds = [...MANIFEST_KINDS].sort((a, b) => b.order - a.order);
  const found: NamespacedRef[] = [];
  for (const { apiVersion, kind } of kinds) {
    const objects = await cluster.list(environment, {
      apiVersion,
      kind,
      namespace,
      labels,
    });
    for (const { metadata } of objects) {
      found.push({ apiVersion, kind, namespace, name: metadata.name });
    }
  }
  return found;
}

/** Removes what an earlier commit brought and this one no longer has. */
export async function pruneObjects(
  ctx: DeploymentContext,
  manifests: readonly RenderedManifest[],
): Promise<void> {
  const { environment, repository } = ctx.deployment;
  const wanted = new Set(manifests.map(({ object }) => keyOf(refOf(object))));
  const cluster = `The cluster of ${environment}`;
  const deployed = await whileUnavailable(ctx, cluster, () =>
    findDeployed(ctx.cluster, environment, repository),
  );
  for (const ref of deployed) {
    if (!wanted.has(keyOf(ref))) {
      await whileUnavailable(ctx, cluster, () =>
        ctx.cluster.delete(environment, ref),
      );
      ctx.log(`Removed ${ref.kind} ${ref.name}: no longer in k8s/`);
    }
  }
}

function keyOf(ref: NamespacedRef): string {
  return `${ref.apiVersion} ${ref.kind} ${ref.namespace} ${ref.name}`;
}
