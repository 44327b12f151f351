import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { createDelivery, MAYA, ORDERS } from '../__testUtils__/createDelivery';
import { serviceTree, SHA_1 } from '../__testUtils__/FakeForge';

jest.setTimeout(60_000);

const owner = 'group:default/team-checkout';
const maya = mockCredentials.user(MAYA);

const deployment = (name: string, rest = '') => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, labels: {app: ${name}}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: ${name}
          image: registry.example.com/acme/${name}:1.2
${rest}`;

describe('what an import proposes', () => {
  let d: Awaited<ReturnType<typeof createDelivery>>;
  afterAll(() => d.stop());
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  beforeAll(async () => {
    d = await createDelivery(databases, { entities: [ORDERS] });
  });

  it('for a repository: its annotation, the workload Ghostlight will label, and a catalog-info.yaml', async () => {
    const tree = serviceTree('billing');
    d.forge.add('billing', SHA_1, { ...tree, catalogInfo: undefined });
    const proposal = await d.imports.analyse(
      { repository: 'billing', owner, system: 'system:default/storefront' },
      maya,
    );
    expect(proposal).toMatchObject({
      name: 'billing',
      existing: undefined,
      workloads: [
        { name: 'billing', source: 'k8s/deployment.yaml:1', runsIn: [] },
      ],
      annotations: [
        { key: 'ghostlight.dev/repository', value: 'billing' },
        { key: 'backstage.io/kubernetes-id', value: 'billing' },
      ],
      problems: [],
      notes: [],
    });
    expect(proposal.files).toHaveLength(1);
    expect(proposal.files[0].content).toBe(`apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: billing
  annotations:
    ghostlight.dev/repository: billing
    backstage.io/kubernetes-id: billing
spec:
  type: service
  lifecycle: production
  owner: group:default/team-checkout
  system: system:default/storefront
`);
  });

  it('for a repository that the catalog has: nothing to add', async () => {
    d.forge.add('orders', SHA_1, serviceTree('orders'));
    const proposal = await d.imports.analyse(
      { repository: 'orders', owner },
      maya,
    );
    expect(proposal.files).toEqual([]);
    expect(proposal.existing).toBe('component:default/orders');
    expect(proposal.notes[0]).toContain('The catalog has it already');
  });

  it('for manifests of what runs: where it runs, whom it calls, and the file they become', async () => {
    const text = deployment(
      'ledger',
      `          env:
            - {name: ORDERS_URL, value: 'http://orders.default.svc:8080/v1'}
            - {name: NOBODY_URL, value: 'http://nobody'}
            - {name: SECRET, valueFrom: {secretKeyRef: {name: a, key: b}}}
`,
    );
    await d.cluster.apply('local', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'ledger', labels: { app: 'ledger' } },
      spec: {
        selector: { matchLabels: { app: 'billing' } },
        template: { spec: { containers: [{ name: 'billing' }] } },
      },
    });
    const proposal = await d.imports.analyse({ manifests: text, owner }, maya);
    expect(proposal.workloads).toEqual([
      {
        kind: 'Deployment',
        name: 'ledger',
        source: 'k8s/manifests.yaml:1',
        runsIn: ['local'],
      },
    ]);
    expect(proposal.dependsOn).toEqual([
      {
        entityRef: 'component:default/orders',
        why: 'ORDERS_URL holds its address',
      },
    ]);
    expect(proposal.files.map(({ path }) => path)).toEqual([
      'catalog-info.yaml',
      'k8s/manifests.yaml',
    ]);
    expect(proposal.files[0].content).toContain('- component:default/orders');
  });

  it('for a name that is taken: no component beside the one there is', async () => {
    const orders = await d.imports.analyse(
      { manifests: deployment('orders'), owner: 'group:default/another' },
      mockCredentials.user('user:default/elias'),
    );
    expect(orders.problems).toEqual([
      expect.stringContaining(
        'component:default/orders is in the catalog already',
      ),
    ]);
    d.forge.add('tools', SHA_1, serviceTree('tools'));
    const tools = await d.imports.analyse(
      { manifests: deployment('tools'), owner },
      maya,
    );
    expect(tools.problems).toEqual([
      'A repository tools exists already: import that repository instead',
    ]);
  });

  it('for a Secret: not into a repository', async () => {
    const proposal = await d.imports.analyse(
      {
        manifests: `${deployment('vault')}---
apiVersion: v1
kind: Secret
metadata: {name: vault}
stringData: {password: hunter2}
`,
        owner,
      },
      maya,
    );
    expect(proposal.problems).toEqual([
      expect.stringContaining('k8s/manifests.yaml:13: Secret vault would be'),
    ]);
    expect(proposal.files).toEqual([]);
  });

  it('for mistakes in manifests: each with its line; and kinds that are not deployed', async () => {
    const broken = await d.imports.analyse(
      {
        manifests: 'apiVersion: v1\nkind: Service\nmetadata: {name: A_B}',
        owner,
      },
      maya,
    );
    expect(broken.problems).toEqual([
      'k8s/manifests.yaml:3: metadata.name: must be lower case letters, digits, dots and dashes',
    ]);
    const ingress = await d.imports.analyse(
      {
        manifests: `${deployment('billing')}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: billing}
`,
        owner,
      },
      maya,
    );
    expect(ingress.notes).toContainEqual(
      expect.stringContaining('Ingress (networking.k8s.io/v1) is not deployed'),
    );
  });

  it('refuses both, neither, strangers, and reading elsewhere for those who may not', async () => {
    const analyse = (request: object, credentials = maya) =>
      d.imports.analyse({ owner, ...request }, credentials);
    await expect(analyse({})).rejects.toThrow('Give either a repository');
    await expect(
      analyse({ repository: 'billing', manifests: 'a: 1' }),
    ).rejects.toThrow('not both');
    await expect(
      analyse({ repository: 'github.com/acme/secret' }),
    ).rejects.toThrow('Only operators import from elsewhere');
    await expect(
      d.imports.analyse(
        { repository: 'billing', owner },
        mockCredentials.none(),
      ),
    ).rejects.toThrow('Sign in');
  });
});
