import { AuthService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  DeliveryClient,
  DeliveryRequestOptions,
  Deployment,
  DeploymentRequest,
  isFinal,
} from '@ghostlight/plugin-delivery-common';
import { callerOptions } from './callerOptions';
import { stepFailed } from './stepFailed';

const POLL_EVERY_MS = 300;
/** More than the limits of build and rollout together; Delivery ends what takes longer. */
const GIVE_UP_AFTER_MS = 30 * 60_000;
/** A task that is repeated more often has another problem. */
const MAX_ATTEMPTS = 50;
/** How often in a row the log may be out of reach. */
const MAX_FAILED_POLLS = 40;

/**
 * `ghostlight:deploy`: deploys a commit, prints the log as it grows and ends as the deployment does.
 *
 * @remarks
 * A task that is repeated follows the deployment that it began, unless that one failed: then it begins another.
 */
export function createDeployAction(options: {
  auth: AuthService;
  delivery: Pick<DeliveryClient, 'deploy' | 'get' | 'log'>;
  appUrl: string;
  pause(ms: number, signal: AbortSignal | undefined): Promise<void>;
}) {
  const { auth, delivery, appUrl, pause } = options;
  return createTemplateAction({
    id: 'ghostlight:deploy',
    description:
      'Builds a commit, applies its manifests to an environment and waits until it runs there.',
    supportsDryRun: true,
    schema: {
      input: {
        repository: z => z.string().describe('Name of the repository'),
        environment: z => z.string().describe('As configured for Ghostlight'),
        sha: z =>
          z
            .string()
            .optional()
            .describe('The commit; the newest when not given'),
      },
      output: {
        deploymentId: z => z.string(),
        url: z =>
          z
            .string()
            .describe(
              'Where the service answers, or its page in the catalog when the cluster does not tell',
            ),
      },
    },
    async handler(ctx) {
      const { repository, environment, sha } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would deploy ${repository} to ${environment}`);
        ctx.output('deploymentId', '00000000-0000-0000-0000-000000000000');
        ctx.output('url', `${appUrl}/catalog/default/component/${repository}`);
        return;
      }
      const say = (text: string) => ctx.logger.info(text);
      const caller = () => callerOptions(ctx, auth, 'delivery');
      try {
        let deployment = await begin(
          delivery,
          { repository, environment, ...(sha ? { sha } : {}) },
          `task:${ctx.task.id}:${ctx.step?.id ?? 'deploy'}`,
          caller,
        );
        deployment = await follow(deployment);
        while (deployment.state === 'superseded' && deployment.supersededBy) {
          say(`A newer deployment took over: ${deployment.supersededBy}`);
          deployment = await follow(
            await delivery.get(deployment.supersededBy, await caller()),
          );
        }
        if (deployment.state !== 'succeeded') {
          throw new Error(deployment.reason ?? deployment.state);
        }
        ctx.output('deploymentId', deployment.id);
        ctx.output(
          'url',
          deployment.url ??
            `${appUrl}/catalog/default/component/${
              deployment.entityRef.split('/')[1]
            }`,
        );
      } catch (error) {
        if (ctx.signal?.aborted) {
          throw new Error(
            `Stopped following the deployment of ${repository} to ${environment}; the deployment itself goes on`,
          );
        }
        throw stepFailed(
          `Could not deploy ${repository} to ${environment}`,
          error,
        );
      }

      async function follow(deployment: Deployment): Promise<Deployment> {
        let after = 0;
        let failures = 0;
        for (
          let waitedMs = 0;
          waitedMs < GIVE_UP_AFTER_MS;
          waitedMs += POLL_EVERY_MS
        ) {
          ctx.signal?.throwIfAborted();
          try {
            const log = await delivery.log(
              deployment.id,
              after,
              await caller(),
            );
            // One message for all: the task log does not keep the order of messages that come at once.
            if (log.lines.length > 0) {
              say(log.lines.map(({ line }) => line).join('\n'));
            }
            after = log.next;
            failures = 0;
            if (log.complete) {
              return await delivery.get(deployment.id, await caller());
            }
          } catch (error) {
            failures += 1;
            if (failures >= MAX_FAILED_POLLS) {
              throw error;
            }
          }
          await pause(POLL_EVERY_MS, ctx.signal);
        }
        throw new Error('It did not end within 30 minutes');
      }
    },
  });
}

/** The deployment of this task: the one it began before, if that has not failed, or a new one. */
async function begin(
  delivery: Pick<DeliveryClient, 'deploy'>,
  request: DeploymentRequest,
  key: string,
  caller: () => Promise<DeliveryRequestOptions>,
): Promise<Deployment> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const deployment = await delivery.deploy(
      { ...request, key: `${key}:${attempt}` },
      await caller(),
    );
    if (!isFinal(deployment.state) || deployment.state === 'succeeded') {
      return deployment;
    }
  }
  throw new Error(
    `${MAX_ATTEMPTS} attempts of this task failed before; start over with a new one`,
  );
}
