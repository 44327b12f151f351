import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { isFinal } from '@ghostlight/plugin-delivery-common';
import {
  createDelivery,
  ELIAS,
  MAYA,
  ORDERS,
  SAM,
} from '../__testUtils__/createDelivery';
import { serviceTree, SHA_1, SHA_2 } from '../__testUtils__/FakeForge';

jest.setTimeout(60_000);

describe('who may deploy', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  let d: Awaited<ReturnType<typeof createDelivery>>;

  beforeEach(async () => {
    d = await createDelivery(databases);
    d.forge.add('orders', SHA_1, serviceTree('orders'));
  });
  afterEach(() => d.stop());

  const deploy = (user: string, environment = 'local', repository = 'orders') =>
    d.delivery.deploy({ repository, environment }, mockCredentials.user(user));

  it('an owner, below production', async () => {
    await expect(deploy(MAYA)).resolves.toMatchObject({
      state: 'queued',
      sha: SHA_1,
      by: MAYA,
      origin: 'manual',
    });
    await expect(deploy(MAYA, 'live')).rejects.toThrow(
      'Only operators deploy what runs in live, which is production',
    );
  });

  it('an operator, everywhere', async () => {
    await expect(deploy(SAM)).resolves.toMatchObject({ by: SAM });
    await expect(deploy(SAM, 'live')).resolves.toMatchObject({ by: SAM });
  });

  it('nobody else', async () => {
    await expect(deploy(ELIAS)).rejects.toThrow(
      'You may not deploy component:default/orders in local: only its owners and operators may',
    );
    expect((await d.deployments.list({ page: 1, pageSize: 9 })).total).toBe(0);
  });

  it('who may push, while the catalog does not know the component yet', async () => {
    await d.stop();
    d = await createDelivery(databases, { entities: [] });
    d.forge.add('orders', SHA_1, serviceTree('orders'));
    await expect(deploy(MAYA)).resolves.toMatchObject({ by: MAYA });
    await expect(deploy(ELIAS)).rejects.toThrow('You may not deploy');
    await expect(deploy(MAYA, 'live')).rejects.toThrow('Only operators');
  });

  it('not a repository that says it is the component of another', async () => {
    d.forge.add('shadow', SHA_1, serviceTree('orders'));
    await expect(deploy(SAM, 'local', 'shadow')).rejects.toThrow(
      'catalog-info.yaml of shadow says it is component:default/orders, which belongs to the repository orders',
    );
  });

  it('keeps deployments from those who may not see the component', async () => {
    const { id } = await deploy(MAYA);
    const nobody = mockCredentials.none();
    await expect(d.delivery.get(id, nobody)).rejects.toThrow(
      `There is no deployment ${id} that you may see`,
    );
    expect(
      await d.delivery.list({ page: 1, pageSize: 10 }, nobody),
    ).toMatchObject({ items: [] });
    await expect(
      d.delivery.log(id, { after: 0, limit: 10 }, nobody),
    ).rejects.toThrow('There is no deployment');
    expect(await d.delivery.get(id, mockCredentials.user(ELIAS))).toMatchObject(
      { id },
    );
  });

  it('hears what is wrong with the request', async () => {
    const maya = mockCredentials.user(MAYA);
    await expect(deploy(MAYA, 'moon')).rejects.toThrow(
      'There is no environment moon; known are local, live',
    );
    await expect(
      d.delivery.deploy(
        {
          repository: 'orders',
          environment: 'local',
          entityRef: 'component:default/payments',
        },
        maya,
      ),
    ).rejects.toThrow('Repository orders is component:default/orders');
    d.forge.add('orders', SHA_2, { catalogInfo: undefined, manifests: [] });
    await expect(deploy(MAYA)).rejects.toThrow('has no catalog-info.yaml');
    d.forge.add('orders', SHA_2, { catalogInfo: 'a: [', manifests: [] });
    await expect(deploy(MAYA)).rejects.toThrow('catalog-info.yaml:1: ');
  });
});

describe('a push', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  let d: Awaited<ReturnType<typeof createDelivery>>;

  beforeEach(async () => {
    d = await createDelivery(databases, {
      entities: [
        ORDERS,
        {
          ...ORDERS,
          metadata: { ...ORDERS.metadata, name: 'theirs' },
        },
      ],
    });
    d.forge.add('orders', SHA_1, serviceTree('orders'));
  });
  afterEach(() => d.stop());

  const push = (over: Record<string, string> = {}) =>
    d.pushes.onPush({
      repository: 'orders',
      branch: 'main',
      after: d.forge.heads.get('orders'),
      pusher: MAYA,
      origin: 'push',
      ...over,
    });
  const all = async () =>
    (await d.deployments.list({ page: 1, pageSize: 100 })).items;

  it('to the default branch deploys it, but never to production', async () => {
    await push();
    expect(await all()).toMatchObject([
      { environment: 'local', sha: SHA_1, by: MAYA, origin: 'push' },
    ]);
  });

  it.each(['merge', 'reconcile'])('by %s does too', async origin => {
    await push({ origin });
    expect(await all()).toHaveLength(1);
  });

  it('to another branch, and the first commit of a template, deploy nothing', async () => {
    await push({ branch: 'wip' });
    await push({ origin: 'publish' });
    expect(await all()).toEqual([]);
  });

  it('told twice deploys once, and a late event deploys the head as it is', async () => {
    await push();
    await push();
    d.forge.add('orders', SHA_2, serviceTree('orders'));
    await push();
    await push({ after: SHA_1 });
    expect((await all()).map(each => [each.sha, each.state])).toEqual([
      [SHA_2, 'queued'],
      [SHA_1, 'superseded'],
    ]);
  });

  it('is not lost because the forge does not answer at once', async () => {
    const head = d.forge.head.bind(d.forge);
    d.forge.head = async repository => {
      d.forge.head = head;
      throw Object.assign(new Error(repository), { code: 'ECONNREFUSED' });
    };
    await push();
    expect(await all()).toHaveLength(1);
  });

  it('back to an earlier commit deploys that again', async () => {
    await push();
    d.forge.add('orders', SHA_2, serviceTree('orders'));
    await push();
    d.forge.add('orders', SHA_1, serviceTree('orders'));
    await push();
    expect((await all()).map(each => each.sha)).toEqual([SHA_1, SHA_2, SHA_1]);
  });

  it('that breaks catalog-info.yaml is seen as a failed deployment', async () => {
    await push();
    d.forge.add('orders', SHA_2, {
      ...serviceTree('orders'),
      catalogInfo: 'kind: Component\nmetadata: {name: orders\n',
    });
    await push();
    d.startWorker();
    const [{ id }] = await all();
    const { reason } = await d.until(id, each => isFinal(each.state));
    expect(reason).toMatch(/^catalog-info\.yaml:\d: /);
  });

  it('that takes the name of another component is refused', async () => {
    d.forge.add('shadow', SHA_1, serviceTree('theirs'));
    await expect(push({ repository: 'shadow' })).rejects.toThrow(
      'belongs to the repository orders',
    );
  });

  it('to a repository without manifests deploys nothing', async () => {
    d.forge.add('orders', SHA_2, { ...serviceTree('orders'), manifests: [] });
    await push();
    expect(await all()).toEqual([]);
  });
});
