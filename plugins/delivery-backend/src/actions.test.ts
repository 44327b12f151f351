import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { createDelivery, ELIAS, MAYA } from './__testUtils__/createDelivery';
import { serviceTree, SHA_1 } from './__testUtils__/FakeForge';
import { registerActions } from './actions';

jest.setTimeout(60_000);

describe('what an assistant may do', () => {
  let d: Awaited<ReturnType<typeof createDelivery>>;
  // Before the databases are made, for their own hook closes them in the order of declaration.
  afterAll(() => d.stop());
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const credentials = mockCredentials.user(MAYA);
  const registry = actionsRegistryServiceMock();

  beforeAll(async () => {
    d = await createDelivery(databases);
    d.forge.add('orders', SHA_1, serviceTree('orders'));
    registerActions(registry, d);
  });

  it('deploys for a person, follows it to its end and finds it in the list', async () => {
    const { output } = await registry.invoke({
      id: 'test:deploy',
      input: { repository: 'orders', environment: 'local', key: 'a' },
      credentials,
    });
    const { deployment } = output as { deployment: { id: string } };
    d.startWorker();
    await d.until(deployment.id, each => each.state === 'succeeded');
    const found = await registry.invoke({
      id: 'test:get-deployment',
      input: { id: deployment.id },
      credentials,
    });
    expect(found.output).toMatchObject({
      deployment: { state: 'succeeded' },
      log: expect.arrayContaining(['orders@111111111111 runs in local']),
    });
    const list = await registry.invoke({
      id: 'test:list-deployments',
      input: { entityRef: 'component:default/orders' },
      credentials,
    });
    expect(list.output).toMatchObject({ items: [{ id: deployment.id }] });
  });

  it('is told no when the person may not', async () => {
    await expect(
      registry.invoke({
        id: 'test:deploy',
        input: { repository: 'orders', environment: 'local' },
        credentials: mockCredentials.user(ELIAS),
      }),
    ).rejects.toThrow('You may not deploy component:default/orders in local');
  });

  it('is told which actions only read and which change what runs', async () => {
    const { actions } = await registry.list();
    const reads = Object.fromEntries(
      actions.map(({ name, attributes }) => [name, attributes.readOnly]),
    );
    expect(reads).toEqual({
      deploy: false,
      'get-deployment': true,
      'list-deployments': true,
      'propose-import': true,
    });
  });
});
