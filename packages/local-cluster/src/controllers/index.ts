import type { Clock, Running, Store } from '../types.ts';
import { DeploymentController } from './deployment/deployment-controller.ts';
import { EventExpiry } from './events/event-expiry.ts';
import { GarbageCollector } from './garbage/garbage-collector.ts';
import { NamespaceController } from './namespace/namespace-controller.ts';
import { ReplicaSetController } from './replica-set/replica-set-controller.ts';

/** Starts everything that works towards what the objects of the store say. */
export async function startControllers(deps: {
  store: Store;
  clock: Clock;
}): Promise<Running> {
  const controllers: Running[] = [
    new DeploymentController(deps),
    new ReplicaSetController(deps),
    new GarbageCollector(deps),
    new NamespaceController(deps),
    new EventExpiry(deps),
  ];
  return {
    async stop() {
      await Promise.all(controllers.map(controller => controller.stop()));
    },
  };
}
