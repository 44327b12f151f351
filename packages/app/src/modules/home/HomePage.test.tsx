import {
  discoveryApiRef,
  fetchApiRef,
  identityApiRef,
  storageApiRef,
} from '@backstage/core-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { HealthQueries, healthQueriesApiRef } from '@ghostlight/plugin-health';
import type { Deployment } from '@ghostlight/plugin-delivery-common';
import type { Repository } from '@ghostlight/plugin-forge-common';
import type {
  Alert,
  AlertQuery,
  HealthApi,
  HealthSummaries,
} from '@ghostlight/plugin-health-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  alert,
  commit,
  deployment,
  MAYA,
  repository,
} from './facts/facts.fixture';
import { HomePage } from './HomePage';

const orders: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    namespace: 'default',
    annotations: { 'backstage.io/kubernetes-id': 'orders' },
  },
  spec: { type: 'service', system: 'storefront' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/team-checkout' }],
};

interface Portal {
  entities?: Entity[];
  summaries?: HealthSummaries;
  alerts?: Alert[];
  deployments?: Deployment[] | Response;
  repositories?: Repository[];
}

/** The plugins behind the page, answering by HTTP where they do. */
function answer(portal: Portal, url: URL): Response {
  if (url.pathname === '/api/delivery/deployments') {
    const { deployments = [] } = portal;
    return deployments instanceof Response
      ? deployments.clone()
      : Response.json({ items: deployments, page: 1, totalPages: 1 });
  }
  if (url.pathname === '/api/forge/repositories') {
    const { repositories = [] } = portal;
    return Response.json({ items: repositories, total: repositories.length });
  }
  if (/^\/api\/forge\/repositories\/[^/]+\/commits$/.test(url.pathname)) {
    return Response.json({ items: [commit('2026-11-21T13:59:00Z')] });
  }
  return new Response('', { status: 404 });
}

async function show(portal: Portal) {
  const healthApi: Partial<HealthApi> = {
    getSummaries: async () => portal.summaries ?? {},
    listAlerts: async ({ entityRefs = [] }: AlertQuery) => {
      const items = (portal.alerts ?? []).filter(({ entityRef }) =>
        entityRefs.includes(entityRef),
      );
      return { items, page: 1, totalPages: 1, total: items.length };
    },
  };
  await renderInTestApp(<HomePage />, {
    apis: [
      [
        identityApiRef,
        mockApis.identity({
          userEntityRef: MAYA,
          ownershipEntityRefs: [MAYA, 'group:default/team-checkout'],
          displayName: 'Maya Lindqvist',
        }),
      ],
      [storageApiRef, mockApis.storage()],
      [
        discoveryApiRef,
        { getBaseUrl: async (id: string) => `http://localhost/api/${id}` },
      ],
      [
        fetchApiRef,
        {
          fetch: async (input, init) =>
            answer(portal, new URL(new Request(input, init).url)),
        },
      ],
      [catalogApiRef, catalogApiMock({ entities: portal.entities ?? [] })],
      [signalApiRef, { subscribe: () => ({ unsubscribe: () => undefined }) }],
      [
        healthQueriesApiRef,
        new HealthQueries({ healthApi: healthApi as HealthApi }),
      ],
    ],
  });
}

const panel = (name: string) => screen.findByRole('region', { name });

describe('HomePage', () => {
  it('greets by name and says that nothing needs somebody who owns nothing yet', async () => {
    await show({});
    expect(
      await screen.findByRole('heading', { level: 1, name: /Maya\.$/ }),
    ).toBeVisible();
    expect(await screen.findByText('Nothing needs you.')).toBeVisible();
    expect(
      await screen.findByRole('link', { name: 'Create a service' }),
    ).toHaveAttribute('href', '/create');
    expect(screen.getByText('Nothing has happened yet')).toBeVisible();
  });

  it('leads to what is wrong with what is mine', async () => {
    await show({
      entities: [orders],
      summaries: {
        'component:default/orders': {
          status: 'failing',
          sentence: 'No replica of 2 is ready: out of memory.',
          ready: 0,
          desired: 2,
        },
      },
      deployments: [deployment({ state: 'failed', reason: 'Tests failed' })],
      repositories: [repository({})],
    });
    expect(await screen.findByText('1 thing needs you.')).toBeVisible();
    const waiting = await panel('Waiting for you');
    expect(waiting).toHaveTextContent(
      'No replica of 2 is ready: out of memory.',
    );
    expect(waiting).toHaveTextContent(
      /a1b2c3d did not reach local.*Tests failed/,
    );
    for (const door of within(waiting).getAllByRole('link')) {
      expect(door).toHaveAttribute(
        'href',
        '/catalog/default/component/orders/health',
      );
    }
    const mine = await panel('My components');
    expect(mine).toHaveTextContent('Failing');
    expect(mine).toHaveTextContent('0 of 2 ready');
  });

  it('counts what fires of mine, and says how much with each component', async () => {
    await show({
      entities: [orders],
      summaries: {
        'component:default/orders': {
          status: 'healthy',
          sentence: 'Healthy. 2 of 2 replicas ready.',
          ready: 2,
          desired: 2,
        },
      },
      alerts: [
        alert({}),
        alert({ severity: 'warning', summary: 'p95 is 812 ms' }),
        alert({ entityRef: 'component:default/others' }),
      ],
    });
    expect(await screen.findByText('1 thing needs you.')).toBeVisible();
    const waiting = await panel('Waiting for you');
    expect(within(waiting).getByText('Critical')).toBeVisible();
    expect(waiting).toHaveTextContent('errors are 4.2 %, above 1 % for 3 min');
    expect(waiting).toHaveTextContent('p95 is 812 ms');
    expect(
      within(waiting).getByRole('link', { name: 'orders' }),
    ).toHaveAttribute('href', '/catalog/default/component/orders/health');
    expect(await panel('My components')).toHaveTextContent('2 alerts firing');
  });

  it('does not say that nothing needs me when it could not find out', async () => {
    await show({
      entities: [orders],
      deployments: Response.json(
        { error: { name: 'ServiceUnavailableError', message: 'starting' } },
        { status: 503 },
      ),
    });
    expect(
      await screen.findByText(
        'No answer yet: deployments could not be read.',
        {},
        { timeout: 5_000 },
      ),
    ).toBeVisible();
    const activity = await panel('Recent activity');
    expect(
      within(activity).getByRole('button', { name: 'Try again' }),
    ).toBeVisible();
  });

  it('ticks off first steps by what happened, and puts them away', async () => {
    await show({
      repositories: [repository({})],
      deployments: [deployment({})],
    });
    const first = await panel('First steps');
    expect(await within(first).findByText('2 of 5 done')).toBeVisible();
    expect(within(first).getAllByRole('img', { name: 'Done' })).toHaveLength(2);

    await userEvent.click(
      within(first).getByRole('button', { name: 'Put the first steps away' }),
    );
    expect(
      screen.queryByRole('region', { name: 'First steps' }),
    ).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the first steps again' }),
    );
    expect(await panel('First steps')).toBeVisible();
  });

  it('tells what happened, newest first', async () => {
    await show({
      entities: [orders],
      repositories: [repository({})],
      deployments: [deployment({ finishedAt: '2026-11-21T14:00:30Z' })],
    });
    const activity = await panel('Recent activity');
    await within(activity).findByText('Say more');
    const items = within(activity).getAllByRole('listitem');
    expect(items[0]).toHaveTextContent('orders a1b2c3d reached local');
    expect(items[1]).toHaveTextContent('Say more');
    expect(
      within(items[0]).getByRole('link', { name: /reached local/ }),
    ).toBeVisible();
  });

  it('has no door to a component that was removed', async () => {
    await show({
      deployments: [deployment({ finishedAt: '2026-11-21T14:00:30Z' })],
    });
    const activity = await panel('Recent activity');
    await within(activity).findByText(/removed since/);
    expect(activity).toHaveTextContent('orders a1b2c3d reached local');
    expect(within(activity).queryByRole('link')).not.toBeInTheDocument();
  });

  it('tells what runs although a newer revision did not arrive', async () => {
    await show({
      entities: [orders],
      deployments: [
        deployment({ id: '2', sha: 'f'.repeat(40), state: 'failed' }),
        deployment({}),
      ],
    });
    const mine = await panel('My components');
    expect(await within(mine).findByText(/a1b2c3d/)).toBeVisible();
  });
});
