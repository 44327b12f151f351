import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { ClustersService } from './ClustersService';
import { clustersServiceRef, imageBuildersServiceRef } from './serviceRefs';

function pluginThatKeeps(pluginId: string, kept: ClustersService[]) {
  return createBackendPlugin({
    pluginId,
    register(env) {
      env.registerInit({
        deps: { clusters: clustersServiceRef, images: imageBuildersServiceRef },
        async init({ clusters }) {
          kept.push(clusters);
        },
      });
    },
  });
}

const data = {
  ghostlight: {
    environments: [{ name: 'local', tier: 'development', cluster: 'local' }],
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

it('gives all plugins of a process the same clusters', async () => {
  const kept: ClustersService[] = [];
  const backend = await startTestBackend({
    features: [
      pluginThatKeeps('one', kept),
      pluginThatKeeps('two', kept),
      mockServices.rootConfig.factory({ data }),
    ],
  });
  expect(kept).toHaveLength(2);
  expect(kept[0]).toBe(kept[1]);
  expect(kept[0].environments()).toMatchObject([{ name: 'local' }]);
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
