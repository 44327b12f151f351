import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { component } from '../__testUtils__/entities';
import { measured, startPrometheus } from '../__testUtils__/measured';
import { startHealth } from '../__testUtils__/startHealth';

const running: Array<() => Promise<void>> = [];

async function start(result: AuthorizeResult.ALLOW | AuthorizeResult.DENY) {
  const actions = actionsRegistryServiceMock();
  const prometheus = await startPrometheus();
  const started = await startHealth({
    entities: [
      component('orders'),
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'System',
        metadata: { name: 'shop', namespace: 'default' },
        relations: [{ type: 'hasPart', targetRef: 'component:default/orders' }],
      },
    ],
    features: [
      measured(prometheus.url),
      createServiceFactory({
        service: actionsRegistryServiceRef,
        deps: {},
        factory: () => actions,
      }),
      mockServices.permissions.factory({ result }),
    ],
  });
  running.push(started.stop, () => prometheus.stop());
  return actions;
}

afterEach(async () => {
  for (const stop of running.splice(0)) {
    await stop();
  }
});

const metrics = { entityRef: 'component:default/orders', environment: 'local' };
const map = { systemRef: 'system:default/shop', environment: 'local' };

it('lets assistants read numbers, few enough to be read, and maps', async () => {
  const actions = await start(AuthorizeResult.ALLOW);
  const { output } = await actions.invoke({
    id: 'test:get-metrics',
    input: metrics,
  });
  expect(output).toMatchObject({
    workloads: [
      {
        workload: { name: 'orders' },
        requests: { newest: 10, highest: 10 },
        p95Ms: { newest: 87.5 },
      },
    ],
  });
  const { to, workloads } = JSON.parse(JSON.stringify(output));
  const { points } = workloads[0].requests;
  expect(points.length).toBeLessThanOrEqual(31);
  expect(points.at(-1)).toEqual([Date.parse(to) / 1_000, 10]);

  await expect(
    actions.invoke({ id: 'test:get-map', input: map }),
  ).resolves.toMatchObject({
    output: {
      nodes: [{ id: 'component:default/orders', requestsPerSecond: 10 }],
      edges: [],
    },
  });
});

it.each([
  ['get-metrics', metrics],
  ['get-map', map],
])('refuses %s to who may not read health', async (name, input) => {
  const actions = await start(AuthorizeResult.DENY);
  await expect(actions.invoke({ id: `test:${name}`, input })).rejects.toThrow(
    /health\.read/,
  );
});
