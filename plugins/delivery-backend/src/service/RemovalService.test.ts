import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { isFinal } from '@ghostlight/plugin-delivery-common';
import {
  createDelivery,
  ELIAS,
  MAYA,
  SAM,
} from '../__testUtils__/createDelivery';
import { serviceTree, SHA_1 } from '../__testUtils__/FakeForge';

jest.setTimeout(60_000);

describe('removal', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const entityRef = 'component:default/orders';
  const names = (objects: Array<{ kind: string; name: string }>) =>
    objects.map(each => `${each.kind} ${each.name}`);
  let d: Awaited<ReturnType<typeof createDelivery>>;

  beforeEach(async () => {
    d = await createDelivery(databases);
    d.forge.add('orders', SHA_1, serviceTree('orders'));
    d.startWorker();
    d.cluster.put('local', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'payments', labels: { app: 'payments' } },
    });
  });
  afterEach(() => d.stop());

  const deploy = async (user = MAYA, environment = 'local') => {
    const { id } = await d.delivery.deploy(
      { repository: 'orders', environment },
      mockCredentials.user(user),
    );
    return d.until(id, each => isFinal(each.state));
  };
  const remove = (
    user: string,
    options: { environment?: string; dryRun?: boolean } = {},
  ) =>
    d.removal.remove(
      { entityRef, dryRun: false, ...options },
      mockCredentials.user(user),
    );

  it('lists first, then takes away what was deployed of the component and nothing else', async () => {
    await deploy();
    const preview = await remove(MAYA, { dryRun: true });
    expect(preview.environments.map(each => names(each.objects))).toEqual([
      ['Deployment orders', 'Service orders'],
      [],
    ]);
    expect(d.cluster.objects.size).toBe(3);
    const removed = await remove(MAYA);
    expect(names(removed.environments[0].objects)).toEqual([
      'Deployment orders',
      'Service orders',
    ]);
    expect([...d.cluster.objects.keys()]).toEqual(['local Service payments']);
  });

  it('is for those who may deploy there', async () => {
    await deploy();
    await deploy(SAM, 'live');
    await expect(remove(ELIAS)).rejects.toThrow('You may not remove');
    await expect(remove(MAYA)).rejects.toThrow(
      'Only operators remove what runs in live',
    );
    await expect(remove(ELIAS, { dryRun: true })).rejects.toThrow('may not');
    expect(d.cluster.objects.size).toBe(5);
    await expect(remove(MAYA, { environment: 'local' })).resolves.toMatchObject(
      { environments: [{ environment: 'local' }] },
    );
    await remove(SAM);
    expect(d.cluster.objects.size).toBe(1);
  });

  it('stops a deployment on its way, which would bring it back', async () => {
    d.cluster.rollout = ({ signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
    const { id } = await d.delivery.deploy(
      { repository: 'orders', environment: 'local' },
      mockCredentials.user(MAYA),
    );
    await d.until(id, each => each.state === 'rolling out');
    await remove(MAYA);
    expect(await d.deployments.get(id)).toMatchObject({
      state: 'superseded',
      reason: `${MAYA} removed what was deployed`,
    });
    expect([...d.cluster.objects.keys()]).toEqual(['local Service payments']);
  });

  it('tells of a cluster that does not answer and goes on with the others', async () => {
    await deploy();
    d.cluster.before = async call => {
      if (call.startsWith('list live')) {
        throw new Error('live has not answered since 14:02');
      }
    };
    const { environments } = await remove(MAYA);
    expect(environments[1]).toEqual({
      environment: 'live',
      objects: [],
      error: 'live has not answered since 14:02',
    });
    expect(d.cluster.objects.size).toBe(1);
  });

  it('of what was never deployed says so', async () => {
    await expect(
      d.removal.remove(
        { entityRef: 'component:default/nothing', dryRun: true },
        mockCredentials.user(SAM),
      ),
    ).rejects.toThrow('has deployed nothing of component:default/nothing');
  });
});
