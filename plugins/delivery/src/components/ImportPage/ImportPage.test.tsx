import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type {
  ImportProposal,
  ImportRequest,
} from '@ghostlight/plugin-delivery-common';
import type {
  ChangeRequest,
  Commit,
  Repository,
} from '@ghostlight/plugin-forge-common';
import { QueryClient } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { deliveryApiRef, deliveryCacheApiRef, sourceApiRef } from '../../api';
import { ImportPage } from './ImportPage';

const proposal: ImportProposal = {
  name: 'billing',
  repository: 'billing',
  workloads: [{ kind: 'Deployment', name: 'billing', runsIn: ['local'] }],
  annotations: [
    {
      key: 'backstage.io/kubernetes-id',
      value: 'billing',
      why: 'Deployment billing carries this label',
    },
  ],
  dependsOn: [],
  files: [
    {
      path: 'catalog-info.yaml',
      content: 'kind: Component',
      why: 'tells the catalog what it is',
    },
  ],
  problems: [],
  notes: [],
};

const commit: Commit = {
  sha: 'a'.repeat(40),
  message: 'Describe billing for the catalog',
  author: { name: 'Maya', email: 'maya@example.com' },
  at: '2026-11-20T10:00:00.000Z',
  parents: [],
};

const repository: Repository = {
  name: 'billing',
  owner: 'group:default/team-checkout',
  defaultBranch: 'main',
  createdAt: commit.at,
  createdBy: 'user:default/maya',
  cloneUrl: 'http://localhost/billing.git',
  webUrl: 'http://localhost/forge/billing',
  head: commit,
};

const changeRequest: ChangeRequest = {
  repository: 'billing',
  number: 7,
  title: commit.message,
  source: 'add-catalog-info',
  target: 'main',
  state: 'open',
  author: 'user:default/maya',
  createdAt: commit.at,
  updatedAt: commit.at,
  webUrl: 'http://localhost/forge/billing/changes/7',
};

function openImport(answer: (request: ImportRequest) => ImportProposal) {
  const calls: unknown[][] = [];
  const record =
    <T,>(name: string, result: T) =>
    async (...args: unknown[]) => {
      calls.push([name, ...args]);
      return result;
    };
  const { container } = renderInTestApp(<ImportPage />, {
    apis: [
      [
        deliveryApiRef,
        {
          proposeImport: async (request: ImportRequest) => {
            calls.push(['propose', request]);
            return answer(request);
          },
        },
      ],
      [
        sourceApiRef,
        {
          listRepositories: async () => ({ items: [repository], total: 1 }),
          createBranch: record('branch', {
            name: 'add-catalog-info',
            head: commit,
            isDefault: false,
          }),
          commitFiles: record('commit', commit),
          openChangeRequest: record('change', changeRequest),
          createRepository: record('repository', repository),
        },
      ],
      [
        deliveryCacheApiRef,
        new QueryClient({ defaultOptions: { queries: { retry: false } } }),
      ],
      [
        identityApiRef,
        mockApis.identity({
          userEntityRef: 'user:default/maya',
          ownershipEntityRefs: ['group:default/team-checkout'],
        }),
      ],
      [
        catalogApiRef,
        catalogApiMock({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Group',
              metadata: { name: 'another-team' },
            },
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Group',
              metadata: { name: 'team-checkout' },
            },
          ],
        }),
      ],
    ],
  });
  return { calls, container };
}

describe('the import page', () => {
  it('proposes for a repository, owned by my team, and opens a change request', async () => {
    const { calls, container } = openImport(() => proposal);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: /Repository/ }));
    await user.click(await screen.findByRole('option', { name: 'billing' }));
    await user.click(screen.getByRole('button', { name: 'Look at it' }));
    expect(
      await screen.findByText(
        'billing needs 1 file to be in the catalog. It runs in local.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Deployment billing carries this label'),
    ).toBeInTheDocument();
    const { violations } = await axe.run(container, {
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(violations).toEqual([]);
    await user.click(
      screen.getByRole('button', { name: 'Open a change request to billing' }),
    );
    expect(
      await screen.findByRole('link', { name: 'Open the change request' }),
    ).toHaveAttribute('href', expect.stringContaining('/billing/changes/7'));
    expect(calls[0]).toEqual([
      'propose',
      { repository: 'billing', owner: 'group:default/team-checkout' },
    ]);
    expect(calls.map(call => call[0])).toEqual([
      'propose',
      'branch',
      'commit',
      'change',
    ]);
  });

  it('makes a repository of manifests', async () => {
    const { calls } = openImport(() => ({
      ...proposal,
      repository: undefined,
    }));
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('radio', { name: 'Kubernetes manifests' }),
    );
    await user.click(screen.getByRole('textbox', { name: /Manifests/ }));
    await user.paste('kind: Deployment');
    await user.click(screen.getByRole('button', { name: 'Look at it' }));
    await user.click(
      await screen.findByRole('button', {
        name: 'Create the repository billing',
      }),
    );
    expect(
      await screen.findByRole('link', { name: 'Open the repository' }),
    ).toBeInTheDocument();
    expect(calls[0]).toEqual([
      'propose',
      { manifests: 'kind: Deployment', owner: 'group:default/team-checkout' },
    ]);
  });

  it('lists mistakes and adds nothing while there are any; says what failed', async () => {
    const { calls } = openImport(request => {
      if (request.manifests === 'bad') throw new Error('it is no YAML');
      return {
        ...proposal,
        files: [],
        problems: ['k8s/a.yaml:3: name: is wrong'],
      };
    });
    const user = userEvent.setup();
    await user.click(
      await screen.findByRole('radio', { name: 'Kubernetes manifests' }),
    );
    const box = screen.getByRole('textbox', { name: /Manifests/ });
    await user.click(box);
    await user.paste('bad');
    await user.click(screen.getByRole('button', { name: 'Look at it' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('it is no YAML');
    await user.clear(box);
    await user.paste('kind: x');
    await user.click(screen.getByRole('button', { name: 'Look at it' }));
    expect(
      await screen.findByText('k8s/a.yaml:3: name: is wrong'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /Open a change request/ }),
    ).not.toBeInTheDocument();
    expect(calls).toHaveLength(2);
    await user.type(box, 'y');
    expect(
      screen.queryByText('k8s/a.yaml:3: name: is wrong'),
    ).not.toBeInTheDocument();
  });
});
