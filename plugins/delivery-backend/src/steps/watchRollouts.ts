import { ConflictError } from '@backstage/errors';
import { RenderedManifest } from '../manifests/renderManifests';
import { DeploymentContext } from './DeploymentContext';

/** Waits until every workload runs its new revision; the error says in words why one does not. */
export async function watchRollouts(
  ctx: DeploymentContext,
  manifests: readonly RenderedManifest[],
): Promise<void> {
  const { environment } = ctx.deployment;
  for (const { object } of manifests) {
    if (object.kind !== 'Deployment') {
      continue;
    }
    ctx.signal.throwIfAborted();
    const { name, namespace } = object.metadata;
    const outcome = await ctx.cluster.waitForRollout(
      environment,
      { namespace, kind: 'Deployment', name },
      {
        timeoutMs: ctx.times.rolloutTimeoutMs,
        signal: ctx.signal,
        onProgress: line => ctx.log(line),
      },
    );
    ctx.signal.throwIfAborted();
    if (!outcome.ok) {
      throw new ConflictError(`${name} in ${environment}: ${outcome.reason}`);
    }
  }
}
