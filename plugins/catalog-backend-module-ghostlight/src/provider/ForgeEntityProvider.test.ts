import { mockServices } from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  DeferredEntity,
  EntityProviderConnection,
  EntityProviderMutation,
} from '@backstage/plugin-catalog-node';
import { Repository } from '@ghostlight/plugin-forge-common';
import { parseCatalogInfo } from '../catalogInfo/parseCatalogInfo';
import { ForgeEntityProvider } from './ForgeEntityProvider';

function catalogInfo(...names: string[]): string {
  return names
    .map(
      name =>
        `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: ${name}}\n`,
    )
    .join('---\n');
}

/** A forge of which tests write each repository's catalog-info, and a catalog that keeps what it is told. */
async function setUp() {
  const repositories = new Map<string, Repository>();
  const files = new Map<string, string>();
  const reads: string[] = [];
  const faults: Error[] = [];
  const served = new Map<string, DeferredEntity>();
  const mutations: EntityProviderMutation['type'][] = [];
  const logger = mockServices.logger.mock();
  let commits = 0;

  const provider = new ForgeEntityProvider(
    {
      repositories: async () => {
        const fault = faults.shift();
        if (fault) {
          throw fault;
        }
        return [...repositories.values()];
      },
      repository: async name => repositories.get(name),
      entities: async repository => {
        reads.push(repository.name);
        const { entities, problems } = parseCatalogInfo(
          files.get(repository.name) ?? '',
        );
        return { repository, entities, problems };
      },
    },
    logger,
  );
  const refOf = ({ entity }: DeferredEntity) => stringifyEntityRef(entity);
  const connection: EntityProviderConnection = {
    async applyMutation(mutation) {
      mutations.push(mutation.type);
      if (mutation.type === 'full') {
        served.clear();
        mutation.entities.forEach(each => served.set(refOf(each), each));
      } else {
        mutation.removed.forEach(each =>
          served.delete('entity' in each ? refOf(each) : each.entityRef),
        );
        mutation.added.forEach(each => served.set(refOf(each), each));
      }
    },
    async refresh() {},
  };
  await provider.connect(connection);
  return {
    provider,
    repositories,
    served,
    mutations,
    reads,
    faults,
    logger,
    names: () => [...served.keys()].sort(),
    commit(name: string, text: string) {
      commits += 1;
      files.set(name, text);
      repositories.set(name, {
        name,
        owner: 'group:default/team-checkout',
        defaultBranch: 'main',
        createdAt:
          repositories.get(name)?.createdAt ??
          `2026-11-21T10:00:${String(commits).padStart(2, '0')}Z`,
        createdBy: 'user:default/maya',
        cloneUrl: `http://portal/api/forge/git/${name}.git`,
        webUrl: `http://portal/forge/${name}`,
        head: {
          sha: String(commits).padStart(40, '0'),
          message: 'm',
          at: '2026-11-21T10:00:00Z',
          author: { name: 'Maya', email: 'maya@example.com' },
          parents: [],
        },
      });
    },
  };
}

describe('ForgeEntityProvider', () => {
  it('serves what every repository declares, with where it comes from', async () => {
    const forge = await setUp();
    forge.commit('orders', catalogInfo('orders'));
    await forge.provider.refreshAll();
    expect(forge.served.get('component:default/orders')).toMatchObject({
      locationKey: 'ghostlight-forge:orders',
      entity: {
        metadata: {
          annotations: {
            'ghostlight.dev/repository': 'orders',
            'backstage.io/managed-by-location':
              'url:http://portal/forge/orders/file/catalog-info.yaml',
            'backstage.io/source-location': 'url:http://portal/forge/orders/',
          },
        },
      },
    });
  });

  it('does not believe a file that says it comes from elsewhere', async () => {
    const forge = await setUp();
    forge.commit(
      'orders',
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: orders, annotations: {ghostlight.dev/repository: payments, backstage.io/managed-by-location: "file:/etc/passwd"}}\n',
    );
    await forge.provider.refreshAll();
    expect(
      forge.served.get('component:default/orders')?.entity.metadata.annotations,
    ).toMatchObject({
      'ghostlight.dev/repository': 'orders',
      'backstage.io/managed-by-location': expect.stringMatching(/^url:http/),
    });
  });

  it('applies a push, a new and a deleted repository at once and alone', async () => {
    const forge = await setUp();
    forge.commit('orders', catalogInfo('orders'));
    await forge.provider.refreshAll();
    forge.commit('orders', catalogInfo('orders', 'orders-worker'));
    await forge.provider.refreshRepository('orders');
    forge.commit('payments', catalogInfo('payments'));
    await forge.provider.refreshRepository('payments');
    expect(forge.names()).toEqual([
      'component:default/orders',
      'component:default/orders-worker',
      'component:default/payments',
    ]);
    forge.repositories.delete('orders');
    await forge.provider.refreshRepository('orders');
    expect(forge.names()).toEqual(['component:default/payments']);
    expect(forge.mutations).toEqual(['full', 'delta', 'delta', 'delta']);
  });

  it('reads only what moved when it looks at everything again', async () => {
    const forge = await setUp();
    forge.commit('orders', catalogInfo('orders'));
    forge.commit('payments', catalogInfo('payments'));
    await forge.provider.refreshAll();
    forge.commit('payments', catalogInfo('payments'));
    await forge.provider.refreshAll();
    expect(forge.reads).toEqual(['orders', 'payments', 'payments']);
    expect(forge.names()).toHaveLength(2);
  });

  it('changes nothing while the forge does not answer', async () => {
    const forge = await setUp();
    forge.commit('orders', catalogInfo('orders'));
    await forge.provider.refreshAll();
    forge.faults.push(new Error('connect ECONNREFUSED'));
    await expect(forge.provider.refreshAll()).rejects.toThrow('ECONNREFUSED');
    expect(forge.names()).toEqual(['component:default/orders']);
  });

  it('looks at everything if an event comes before the first look', async () => {
    const forge = await setUp();
    forge.commit('orders', catalogInfo('orders'));
    forge.commit('payments', catalogInfo('payments'));
    await forge.provider.refreshRepository('payments');
    expect(forge.names()).toHaveLength(2);
  });

  it('leaves a name with the oldest repository and reports the other once', async () => {
    const forge = await setUp();
    forge.commit('orders', catalogInfo('orders'));
    forge.commit('shadow', catalogInfo('orders', 'shadow'));
    await forge.provider.refreshAll();
    await forge.provider.refreshAll();
    expect(forge.served.get('component:default/orders')?.locationKey).toBe(
      'ghostlight-forge:orders',
    );
    expect(forge.names()).toContain('component:default/shadow');
    expect(forge.logger.warn.mock.calls).toEqual([
      [
        'Repository shadow declares component:default/orders, which belongs to repository orders; it is left out until it has another name',
      ],
    ]);
  });

  it('gives a name on when its owner no longer has it', async () => {
    const forge = await setUp();
    forge.commit('orders', catalogInfo('orders'));
    forge.commit('shadow', catalogInfo('orders'));
    await forge.provider.refreshAll();
    forge.commit('orders', catalogInfo('purchases'));
    await forge.provider.refreshRepository('orders');
    expect(forge.served.get('component:default/orders')?.locationKey).toBe(
      'ghostlight-forge:shadow',
    );
    expect(forge.names()).toContain('component:default/purchases');
  });

  it('marks entities whose newest file is broken', async () => {
    const forge = await setUp();
    forge.commit('orders', `${catalogInfo('orders')}---\nkind: User\n`);
    await forge.provider.refreshAll();
    expect(
      forge.served.get('component:default/orders')?.entity.metadata
        .annotations?.['ghostlight.dev/catalog-info-problem'],
    ).toMatch(/^catalog-info\.yaml:5: /);
    expect(forge.logger.warn).toHaveBeenCalledWith(
      expect.stringContaining(
        'keeps the last good entities of repository orders',
      ),
    );
  });
});
