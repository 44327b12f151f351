import { ConflictError } from '@backstage/errors';
import { RolloutResult } from '@ghostlight/plugin-clusters-node';
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
      { environment, namespace, kind: 'Deployment', name },
      {
        timeoutMs: ctx.times.rolloutTimeoutMs,
        signal: ctx.signal,
        onProgress: progress => ctx.log(`${name}: ${progress.message}`),
      },
    );
    ctx.signal.throwIfAborted();
    if (!outcome.ok) {
      throw new ConflictError(`${name} in ${environment}: ${inWords(outcome)}`);
    }
  }
}

function inWords(outcome: Extract<RolloutResult, { ok: false }>): string {
  const { reason, lastLogLine } = outcome;
  return lastLogLine === undefined || reason.includes(lastLogLine)
    ? reason
    : `${reason}; last log line: ${lastLogLine}`;
}
