import { ServiceUnavailableError } from '@backstage/errors';
import { imageNameOf } from '../manifests/repositoryName';
import { DeploymentContext } from './DeploymentContext';
import { whileUnavailable } from './whileUnavailable';

/** Builds the image of the commit with the builder of the environment. A commit that was built before is answered from its cache. */
export async function buildImage(ctx: DeploymentContext): Promise<string> {
  const { deployment, signal, times } = ctx;
  const { repository, sha, environment } = deployment;
  const repo = await whileUnavailable(ctx, 'The forge', () =>
    ctx.source.readAccess(repository),
  );
  if (repo.authorization) {
    ctx.hide(repo.authorization);
    ctx.hide(repo.authorization.replace(/^\S+\s+/, ''));
  }
  const timeout = AbortSignal.timeout(times.buildTimeoutMs);
  try {
    const { image, cached } = await whileUnavailable(
      ctx,
      `The image builder of ${environment}`,
      () =>
        ctx.builder.build(environment, {
          name: imageNameOf(repository),
          repo,
          sha,
          key: `${repository}@${sha}`,
          onLog: line => ctx.log(line),
          signal: AbortSignal.any([signal, timeout]),
        }),
    );
    ctx.log(`Image ${image} ${cached ? 'was built before' : 'is built'}`);
    return image;
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) {
      throw new ServiceUnavailableError(
        `The build did not end within ${Math.round(
          times.buildTimeoutMs / 1000,
        )} s and was stopped`,
      );
    }
    throw error;
  }
}
