import type {
  DeliveryEnvironment,
  Deployment,
} from '@ghostlight/plugin-delivery-common';
import { isFinal } from '@ghostlight/plugin-delivery-common';

/** What stands in one environment, by what was deployed there. */
export interface Standing {
  environment: DeliveryEnvironment;
  /** The last that succeeded. */
  current?: Deployment;
  /** One on its way. */
  underWay?: Deployment;
  /** The newest of all, when it failed. */
  failed?: Deployment;
}

/** @param deployments - newest first */
export function standings(
  environments: readonly DeliveryEnvironment[],
  deployments: readonly Deployment[],
): Standing[] {
  return environments.map(environment => {
    const here = deployments.filter(
      each => each.environment === environment.name,
    );
    const [newest] = here.filter(each => each.state !== 'superseded');
    return {
      environment,
      current: here.find(each => each.state === 'succeeded'),
      underWay: here.find(each => !isFinal(each.state)),
      failed: newest?.state === 'failed' ? newest : undefined,
    };
  });
}
