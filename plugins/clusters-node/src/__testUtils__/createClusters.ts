import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { DEFAULT_TIMINGS } from '../cluster/Cluster';
import { Clusters } from '../service/Clusters';
import type { Environment } from '../types';

export function environment(name: string, changes: Partial<Environment> = {}) {
  return {
    name,
    tier: 'development' as const,
    cluster: name,
    namespace: 'default',
    deployOnPush: true,
    ...changes,
  };
}

export function entity(annotations: Record<string, string> = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'orders',
      annotations: { 'backstage.io/kubernetes-id': 'orders', ...annotations },
    },
  };
}

/** Clusters by name and address, with one environment for each, and short times. */
export function createClusters(
  urls: Record<string, string>,
  options: { environments?: Environment[]; now?: () => Date } = {},
): Clusters {
  const names = Object.keys(urls);
  return new Clusters({
    config: {
      environments:
        options.environments ?? names.map(name => environment(name)),
      clusters: new Map(
        names.map(name => [
          name,
          {
            name,
            url: urls[name],
            token: 'test-token',
            tokenFile: '/nowhere',
            skipTlsVerify: false,
          },
        ]),
      ),
      imageStores: new Map(),
      metrics: new Map(),
    },
    logger: mockServices.logger.mock(),
    timings: {
      ...DEFAULT_TIMINGS,
      connectMs: 500,
      answerMs: 1_000,
      backoffMinMs: 10,
      backoffMaxMs: 50,
      probeEveryMs: 50,
    },
    now: options.now ?? (() => new Date()),
  });
}
