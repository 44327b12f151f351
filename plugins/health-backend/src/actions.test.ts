import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { startHealth } from './__testUtils__/startHealth';
import { ago, environmentOf, workloadOf } from './__testUtils__/views';

const running: Array<() => Promise<void>> = [];

async function start(result: AuthorizeResult.ALLOW | AuthorizeResult.DENY) {
  const actions = actionsRegistryServiceMock();
  const started = await startHealth({
    features: [
      createServiceFactory({
        service: actionsRegistryServiceRef,
        deps: {},
        factory: () => actions,
      }),
      mockServices.permissions.factory({ result }),
    ],
  });
  running.push(started.stop);
  return { ...started, actions };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(stop => stop()));
});

const orders = { entityRef: 'component:default/orders' };

it('lets assistants read reports, what is not well, and the newest lines without secrets', async () => {
  const { actions, fake } = await start(AuthorizeResult.ALLOW);
  await expect(
    actions.invoke({ id: 'test:get-health', input: orders }),
  ).resolves.toMatchObject({
    output: { status: 'healthy', environments: [{ status: 'healthy' }] },
  });
  await expect(
    actions.invoke({ id: 'test:list-unhealthy', input: {} }),
  ).resolves.toEqual({ output: { items: [] } });
  fake.found.set('orders', [
    environmentOf('local', [workloadOf({ ready: 0, pods: [] })]),
  ]);
  await expect(
    actions.invoke({ id: 'test:list-unhealthy', input: {} }),
  ).resolves.toMatchObject({
    output: { items: [{ ...orders, status: 'failing', ready: 0, desired: 3 }] },
  });

  const { actions: own, fake: logged } = await start(AuthorizeResult.ALLOW);
  logged.podLogs.write('orders-1', ago(2), 'old');
  logged.podLogs.write('orders-1', ago(1), 'password=hunter2');
  await expect(
    own.invoke({
      id: 'test:read-logs',
      input: { ...orders, environment: 'local', lines: 1 },
    }),
  ).resolves.toEqual({
    output: { lines: [`${ago(1)} orders-1 password=[redacted]`] },
  });
});

it.each([
  ['get-health', orders],
  ['list-unhealthy', {}],
  ['read-logs', { ...orders, environment: 'local' }],
])('refuses %s to who may not read health', async (name, input) => {
  const { actions } = await start(AuthorizeResult.DENY);
  await expect(actions.invoke({ id: `test:${name}`, input })).rejects.toThrow(
    /health\.read/,
  );
});
