import { AuthService } from '@backstage/backend-plugin-api';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';

/** Calls another plugin as the person who runs the template, and stops with the task. */
export async function callerOptions(
  ctx: Pick<ActionContext<JsonObject>, 'getInitiatorCredentials' | 'signal'>,
  auth: AuthService,
  targetPluginId: string,
): Promise<{ token: string; signal: AbortSignal | undefined }> {
  const { token } = await auth.getPluginRequestToken({
    onBehalfOf: await ctx.getInitiatorCredentials(),
    targetPluginId,
  });
  return { token, signal: ctx.signal };
}
