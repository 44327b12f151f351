import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { ClustersService } from './ClustersService';
import type { MetricsService } from './MetricsService';
import {
  clustersServiceRef,
  imageBuildersServiceRef,
  metricsServiceRef,
} from './serviceRefs';

function pluginThatKeeps(
  pluginId: string,
  kept: ClustersService[],
  keptMetrics: MetricsService[] = [],
) {
  return createBackendPlugin({
    pluginId,
    register(env) {
      env.registerInit({
        deps: {
          clusters: clustersServiceRef,
          images: imageBuildersServiceRef,
          metrics: metricsServiceRef,
        },
        async init({ clusters, metrics }) {
          kept.push(clusters);
          keptMetrics.push(metrics);
        },
      });
    },
  });
}

const data = {
  ghostlight: {
    environments: [
      {
        name: 'local',
        tier: 'development',
        cluster: 'local',
        prometheus: { url: 'http://127.0.0.1:1' },
      },
    ],
  },
  kubernetes: {
    clusterLocatorMethods: [
      {
        type: 'config',
        clusters: [
          {
            name: 'local',
            url: 'https://127.0.0.1:1',
            authProvider: 'serviceAccount',
            serviceAccountToken: 't',
          },
        ],
      },
    ],
  },
};

it('gives all plugins of a process the same clusters and metrics', async () => {
  const kept: ClustersService[] = [];
  const metrics: MetricsService[] = [];
  const backend = await startTestBackend({
    features: [
      pluginThatKeeps('one', kept, metrics),
      pluginThatKeeps('two', kept, metrics),
      mockServices.rootConfig.factory({ data }),
    ],
  });
  expect(kept).toHaveLength(2);
  expect(kept[0]).toBe(kept[1]);
  expect(kept[0].environments()).toMatchObject([{ name: 'local' }]);
  expect(metrics).toHaveLength(2);
  expect(metrics[0]).toBe(metrics[1]);
  await expect(metrics[0].of('local')?.query('up')).rejects.toThrow(
    /Prometheus of environment local cannot be used/,
  );
  await backend.stop();
});

it('does not start with a mistake in its configuration', async () => {
  await expect(
    startTestBackend({
      features: [
        pluginThatKeeps('one', []),
        mockServices.rootConfig.factory({
          data: { ...data, kubernetes: undefined },
        }),
      ],
    }),
  ).rejects.toThrow(/ghostlight\.environments\[0\]\.cluster/);
});
