import { InputError } from '@backstage/errors';
import { DeploymentState } from '@ghostlight/plugin-delivery-common';
import { readComponent } from '../manifests/readComponent';
import { needsImage, renderManifests } from '../manifests/renderManifests';
import { applyManifests } from './applyManifests';
import { buildImage } from './buildImage';
import { DeploymentContext } from './DeploymentContext';
import { findAddress } from './findAddress';
import { pruneObjects } from './removeObjects';
import { watchRollouts } from './watchRollouts';
import { whileUnavailable } from './whileUnavailable';

/**
 * Brings one commit to one environment: reads its manifests, builds its image, applies, waits until it runs, and removes
 * what is no longer declared. Each part repeats without harm.
 *
 * @remarks
 * Pruning is last: an object that was renamed goes only when its successor runs, and a failed rollout takes nothing away.
 *
 * @param enter - writes the next state; throws when the deployment is not ours to continue.
 */
export async function deploy(
  ctx: DeploymentContext,
  enter: (state: DeploymentState, image?: string) => Promise<void>,
): Promise<{ url?: string }> {
  const { deployment, cluster } = ctx;
  const { repository, sha, environment } = deployment;
  const target = cluster.environment(environment);
  ctx.log(`Deploying ${repository}@${sha.slice(0, 12)} to ${environment}`);
  const { catalogInfo, manifests } = await whileUnavailable(
    ctx,
    'The forge',
    () => ctx.source.files(repository, sha, ctx.signal),
  );
  if (manifests.length === 0) {
    throw new InputError(
      `Repository ${repository} has no manifests in k8s/ at ${sha.slice(
        0,
        12,
      )}; add a Deployment to k8s/`,
    );
  }
  const component = readComponent(repository, catalogInfo);
  if (component.entityRef !== deployment.entityRef) {
    throw new InputError(
      `catalog-info.yaml says ${component.entityRef}, the deployment is of ${deployment.entityRef}; a component keeps its name`,
    );
  }
  const options = {
    repository,
    kubernetesId: component.kubernetesId,
    namespace: target.namespace,
    sha,
    by: deployment.by,
  };
  // Broken manifests are told before minutes are spent on a build.
  renderManifests(manifests, { ...options, image: undefined });
  let image: string | undefined;
  if (needsImage(manifests, repository)) {
    image = await buildImage(ctx);
  } else {
    ctx.log(`No container runs the image ${repository}; nothing to build`);
  }
  await enter('applying', image);
  const rendered = renderManifests(manifests, { ...options, image });
  await applyManifests(ctx, rendered);
  await enter('rolling out');
  await watchRollouts(ctx, rendered);
  await pruneObjects(ctx, rendered);
  const url = await findAddress(ctx, rendered);
  const where = url === undefined ? '' : ` and answers at ${url}`;
  ctx.log(`${repository}@${sha.slice(0, 12)} runs in ${environment}${where}`);
  return { url };
}
