import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { FileContent, Repository } from '@ghostlight/plugin-forge-common';
import { createRegisterAction } from './register';

const SHA = 'a'.repeat(40);
const declared = `apiVersion: backstage.io/v1alpha1
kind: System
metadata: {name: shop}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: orders}
spec: {type: service}
`;

function served(
  repository?: string,
  owner: string | undefined = 'group:default/team-checkout',
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'orders',
      annotations: repository
        ? { 'ghostlight.dev/repository': repository }
        : {},
    },
    ...(owner ? { relations: [{ type: 'ownedBy', targetRef: owner }] } : {}),
  };
}

const repository: Repository = {
  name: 'orders',
  owner: 'group:default/team-checkout',
  defaultBranch: 'main',
  createdAt: '2026-11-21T10:00:00Z',
  createdBy: 'user:default/maya',
  cloneUrl: 'http://portal/api/forge/git/orders.git',
  webUrl: 'http://portal/forge/orders',
  head: {
    sha: SHA,
    message: 'm',
    at: '2026-11-21T10:00:00Z',
    author: { name: 'Maya', email: 'maya@example.com' },
    parents: [],
  },
};

/** Runs the action against a catalog that serves the entity from the given look on. */
async function run(options: {
  text?: string;
  from?: number;
  entity?: Entity;
  isDryRun?: boolean;
  found?: Repository;
  errors?: string[];
}) {
  let looks = 0;
  const topics: unknown[] = [];
  const output = jest.fn();
  const file: FileContent = {
    ref: SHA,
    sha: SHA,
    path: 'catalog-info.yaml',
    mode: '100644',
    size: 1,
    binary: false,
    encoding: 'utf8',
    content: options.text ?? declared,
  };
  const action = createRegisterAction({
    auth: mockServices.auth(),
    catalog: catalogServiceMock.mock({
      getEntityByRef: async () => {
        looks += 1;
        return looks >= (options.from ?? 1) ? options.entity : undefined;
      },
      validateEntity: async () =>
        options.errors
          ? {
              valid: false,
              errors: options.errors.map(message => ({ name: 'E', message })),
            }
          : { valid: true },
    }),
    events: mockServices.events.mock({
      publish: async ({ eventPayload }) => {
        topics.push(eventPayload);
      },
    }),
    forge: {
      getRepository: async () =>
        'found' in options ? options.found : repository,
      getFile: async () => file,
    },
    pause: async () => undefined,
  });
  await action.handler({
    ...createMockActionContext({ input: { repository: 'orders' } }),
    output,
    isDryRun: options.isDryRun,
  });
  return { topics, output: output.mock.calls };
}

describe('ghostlight:register', () => {
  it('has the repository looked at and waits until its component is served', async () => {
    const { topics, output } = await run({ entity: served('orders'), from: 5 });
    expect(output).toEqual([['entityRef', 'component:default/orders']]);
    expect(topics).toEqual([{ repository: 'orders', action: 'created' }]);
  });

  it('does not take an entity for served before its owner is worked out', async () => {
    await expect(run({ entity: served('orders', '') })).rejects.toThrow(
      'the catalog does not serve component:default/orders',
    );
  });

  it('is a conflict when the name belongs to somebody else', async () => {
    await expect(run({ entity: served('other') })).rejects.toThrow(
      'Could not add orders to the catalog: component:default/orders is in the catalog already, from repository other',
    );
    await expect(run({ entity: served() })).rejects.toThrow(
      'from another source',
    );
  });

  it('gives up after a minute, with what the catalog has against it', async () => {
    await expect(run({})).rejects.toThrow(
      'the catalog does not serve component:default/orders after 60 s',
    );
    await expect(run({ errors: ['owner is missing'] })).rejects.toThrow(
      'the catalog refuses component:default/orders: owner is missing',
    );
  });

  it('says what is wrong with the repository', async () => {
    await expect(run({ found: undefined })).rejects.toThrow(
      'There is no repository orders in the forge',
    );
    await expect(
      run({ found: { ...repository, head: undefined } }),
    ).rejects.toThrow('Repository orders is empty');
    await expect(run({ text: 'a: [' })).rejects.toThrow('catalog-info.yaml:1');
    await expect(run({ text: '' })).rejects.toThrow('declares no entity');
  });

  it('waits for nothing in a dry run', async () => {
    const { topics, output } = await run({ isDryRun: true });
    expect(topics).toEqual([]);
    expect(output).toEqual([['entityRef', 'component:default/orders']]);
  });
});
