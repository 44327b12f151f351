import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  entityPresentationApiRef,
  EntityProvider,
} from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import type {
  DeliveryEnvironment,
  Deployment,
} from '@ghostlight/plugin-delivery-common';
import type { Commit } from '@ghostlight/plugin-forge-common';
import { QueryClient } from '@tanstack/react-query';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import {
  DeliveryApi,
  deliveryApiRef,
  deliveryCacheApiRef,
  SourceApi,
  sourceApiRef,
} from '../../api';
import { DeliveryTab } from './DeliveryTab';

const OLD = '51be0d7'.padEnd(40, '0');
const NEW = 'a1b2c3d'.padEnd(40, '0');

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    annotations: { 'ghostlight.dev/repository': 'orders' },
  },
};

const environments: DeliveryEnvironment[] = [
  { name: 'local', tier: 'development', deployOnPush: true },
  { name: 'shop', tier: 'production', deployOnPush: false },
];

const deployed = (over: Partial<Deployment> = {}): Deployment => ({
  id: '1',
  entityRef: 'component:default/orders',
  repository: 'orders',
  environment: 'local',
  sha: OLD,
  key: '1',
  state: 'succeeded',
  version: 3,
  by: 'user:default/maya',
  origin: 'push',
  startedAt: '2026-11-20T10:00:00Z',
  finishedAt: '2026-11-20T10:00:04Z',
  url: 'http://127.0.0.1:30123',
  ...over,
});

const commit = (sha: string, message: string): Commit => ({
  sha,
  message,
  author: { name: 'Maya Lind', email: 'maya@example.com' },
  at: sha === OLD ? '2026-11-19T09:00:00Z' : '2026-11-20T09:00:00Z',
  parents: [],
});

async function openTab(
  options: {
    deployments?: Deployment[] | Error;
    mayDeploy?: boolean;
    path?: string;
  } = {},
) {
  const { deployments = [deployed()], mayDeploy = true, path = '/' } = options;
  const asked: unknown[] = [];
  const delivery: Omit<DeliveryApi, 'proposeImport'> = {
    environments: async () => environments,
    list: async () => {
      if (deployments instanceof Error) throw deployments;
      return { items: deployments, page: 1, totalPages: 1 };
    },
    log: async () => ({
      lines: [{ n: 1, at: '2026-11-20T10:00:00Z', line: 'Applied Deployment' }],
      next: 1,
      complete: true,
    }),
    deploy: async request => {
      asked.push(request);
      return deployed({ id: '2', sha: NEW, state: 'queued' });
    },
  };
  const source: Pick<SourceApi, 'listCommits' | 'getCommit'> = {
    listCommits: async () => ({
      items: [commit(NEW, 'Bound the cache'), commit(OLD, 'Take orders')],
    }),
    getCommit: async (_repository, sha) => commit(sha, 'Bound the cache'),
  };
  const { container } = renderInTestApp(
    <EntityProvider entity={entity}>
      <DeliveryTab />
    </EntityProvider>,
    {
      initialRouteEntries: [path],
      apis: [
        [deliveryApiRef, delivery],
        [sourceApiRef, source],
        [
          deliveryCacheApiRef,
          new QueryClient({ defaultOptions: { queries: { retry: false } } }),
        ],
        [
          entityPresentationApiRef,
          {
            forEntity: (ref: unknown) => {
              const snapshot = {
                entityRef: `${ref}`,
                primaryTitle: `${ref}`.split('/')[1],
              };
              return { snapshot, promise: Promise.resolve(snapshot) };
            },
          },
        ],
        [
          permissionApiRef,
          mockApis.permission({
            authorize: mayDeploy ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
          }),
        ],
      ],
    },
  );
  return { asked, container };
}

describe('the Delivery tab', () => {
  it('says what runs where, by whom and since when', async () => {
    const { container } = await openTab();
    expect(
      await screen.findByText('Deployed: 51be0d7 in local.'),
    ).toBeInTheDocument();
    const environmentsTable = screen.getByRole('table', {
      name: 'What is deployed where',
    });
    expect(
      within(environmentsTable).getByText('127.0.0.1:30123'),
    ).toBeInTheDocument();
    expect(within(environmentsTable).getByText('nothing yet')).toBeVisible();
    const { violations } = await axe.run(container, {
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(violations).toEqual([]);
  });

  it('deploys a commit of the list after it said what that replaces', async () => {
    const { asked } = await openTab();
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: 'Deploy a1b2c3d' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      'Replaces 51be0d7 in local, replica by replica',
    );
    await user.click(
      await within(dialog).findByRole('button', { name: 'Deploy to local' }),
    );
    expect(asked).toEqual([
      {
        repository: 'orders',
        entityRef: 'component:default/orders',
        sha: NEW,
        environment: 'local',
      },
    ]);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('calls going to an older commit what it is, also when what runs is not in the list', async () => {
    await openTab({ deployments: [deployed({ sha: NEW })] });
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('button', { name: 'Roll back to 51be0d7' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(
      await within(dialog).findByRole('button', { name: 'Roll back local' }),
    ).toBeEnabled();
  });

  it('lists what runs when it is from another branch', async () => {
    const other = 'c0ffee0'.padEnd(40, '0');
    await openTab({ deployments: [deployed({ sha: other })] });
    const commits = await screen.findByRole('table', {
      name: 'Commits that can be deployed',
    });
    expect(await within(commits).findByText('c0ffee0')).toBeVisible();
  });

  it('opens the dialog for the commit that a link names', async () => {
    await openTab({ path: `/?commit=${NEW}` });
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Deploy a1b2c3d');
    expect(await within(dialog).findByText(/Bound the cache/)).toBeVisible();
  });

  it('shows why a deployment failed, and its log', async () => {
    await openTab({
      deployments: [
        deployed({
          id: '2',
          sha: NEW,
          state: 'failed',
          reason: 'orders crashed 3 times',
        }),
        deployed(),
      ],
    });
    expect(
      await screen.findByText(
        'The last deployment to local, of a1b2c3d, failed. 51be0d7 was there before it.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('orders crashed 3 times')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show log of a1b2c3d' }),
    );
    expect(await screen.findByText('Applied Deployment')).toBeInTheDocument();
  });

  it('says how to begin when nothing was deployed', async () => {
    await openTab({ deployments: [] });
    expect(
      await screen.findByText('Ghostlight has not deployed it yet.'),
    ).toBeInTheDocument();
    expect(screen.getByText(/Push to its default branch/)).toBeInTheDocument();
  });

  it('says what failed and offers to try again', async () => {
    await openTab({ deployments: new Error('the database is away') });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Could not read the deployments of orders',
    );
    expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled();
  });
});
