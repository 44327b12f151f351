import type { Entity } from '@backstage/catalog-model';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  HEALTH_SIGNAL_CHANNEL,
  HealthMap,
} from '@ghostlight/plugin-health-common';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { healthApiRef, HealthQueries, healthQueriesApiRef } from '../../api';
import { healthPlugin } from '../../plugin';
import { FakeHealthApi } from '../../testing/FakeHealthApi';
import { FakeSignals } from '../../testing/FakeSignals';
import { aMap } from '../../testing/map';
import { aReport } from '../../testing/reports';

function part(name: string, annotations = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'service' },
  };
}

const running = part('orders', { 'backstage.io/kubernetes-id': 'orders' });

function open(
  map: () => Promise<HealthMap> | HealthMap,
  parts: Entity[] = [running],
) {
  const healthApi = new FakeHealthApi({ map, report: aReport });
  const signals = new FakeSignals();
  const storefront: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: { name: 'storefront', namespace: 'default' },
    relations: parts.map(({ metadata }) => ({
      type: 'hasPart',
      targetRef: `component:default/${metadata.name}`,
    })),
  };
  const { container } = renderTestApp({
    extensions: [
      createTestEntityPage({ entity: storefront }),
      healthPlugin.getExtension('entity-content:health/map'),
    ],
    apis: [
      [healthApiRef, healthApi],
      [healthQueriesApiRef, new HealthQueries({ healthApi })],
      [catalogApiRef, catalogApiMock({ entities: [storefront, ...parts] })],
      [signalApiRef, signals],
    ],
  });
  return { healthApi, signals, container };
}

/** Seen from payments to inventory, and nobody said so. */
function undeclaredMap(): HealthMap {
  const map = aMap();
  return {
    ...map,
    edges: [
      ...map.edges,
      {
        from: 'component:default/payments',
        to: 'component:default/inventory',
        sources: ['traffic'],
        requestsPerSecond: 0.05,
        errorRatio: 0,
        p95Ms: 12,
      },
    ],
  };
}

describe('the health map of a system', () => {
  it('answers first, in a sentence', async () => {
    open(aMap);
    expect(
      await screen.findByRole('heading', {
        name: '4 of 5 components healthy; orders is degraded and fails 4.2 % of requests from web.',
      }),
    ).toBeInTheDocument();
  });

  it('shows components with their health, callers from outside, and traffic', async () => {
    open(aMap);
    const map = await screen.findByRole('group', { name: 'Map of storefront' });
    const orders = within(map).getByRole('link', {
      name: 'orders: Degraded 2 of 3 11/s, 310 ms 4.2 % fail',
    });
    expect(orders).toHaveAccessibleDescription(
      'Degraded. 2 of 3 replicas ready.',
    );
    expect(within(orders).getByText('Degraded')).toBeInTheDocument();
    expect(within(orders).getByText('2 of 3')).toBeInTheDocument();
    expect(within(map).getByText('Outside')).toBeInTheDocument();
    // Of web and the call to it from outside.
    expect(within(map).getAllByText('61 ms')).toHaveLength(1);
    expect(within(map).getByText('9.4/s, 18 ms')).toBeInTheDocument();
    expect(within(map).getByText('no traffic seen')).toBeInTheDocument();
  });

  it('draws more traffic thicker, errors in their colour, and what is only declared dashed', async () => {
    const { container } = open(aMap);
    await screen.findByRole('group', { name: 'Map of storefront' });
    const line = (from: string, to: string) =>
      container.querySelector(
        `[data-edge="component:default/${from} component:default/${to}"]`,
      )!;
    const width = (from: string, to: string) =>
      Number(
        line(from, to).querySelector('path')!.getAttribute('stroke-width'),
      );
    expect(width('web', 'recommendations')).toBeGreaterThan(
      width('orders', 'payments'),
    );
    expect(line('web', 'orders')).toHaveClass('warn');
    expect(line('orders', 'payments')).toHaveClass('calm');
    expect(line('recommendations', 'inventory')).toHaveClass('unseen');
  });

  it('is walked by arrow keys, along calls', async () => {
    const user = userEvent.setup();
    open(aMap);
    const map = await screen.findByRole('group', { name: 'Map of storefront' });
    within(map).getByRole('link', { name: /^web:/ }).focus();
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toHaveAccessibleName(/^orders:/);
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toHaveAccessibleName(/^payments:/);
    await user.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    expect(document.activeElement).toHaveTextContent('Outside');
  });

  it('says the same as tables', async () => {
    const user = userEvent.setup();
    open(undeclaredMap);
    await user.click(await screen.findByRole('radio', { name: 'Table' }));
    const components = screen.getByRole('table', {
      name: 'Components of storefront',
    });
    const [, worst] = within(components).getAllByRole('row');
    expect(worst).toHaveTextContent('ordersDegraded2 of 311/s4.2 %310 ms');
    const calls = screen.getByRole('table', {
      name: 'Calls within storefront',
    });
    expect(
      within(calls).getByRole('row', { name: /^recommendations → inventory/ }),
    ).toHaveTextContent('catalog; no traffic seen');
    expect(
      within(calls).getByRole('row', { name: /^payments → inventory/ }),
    ).toHaveTextContent('3/min0 %12 mstraffic, not declared in the catalog');
    expect(
      screen.queryByRole('group', { name: 'Map of storefront' }),
    ).not.toBeInTheDocument();
  });

  it('tells what to add to the catalog for traffic it does not know of', async () => {
    open(undeclaredMap);
    const map = await screen.findByRole('group', { name: 'Map of storefront' });
    expect(within(map).getByText('not declared')).toBeInTheDocument();
    expect(
      screen.getByRole('group', { name: 'dependsOn of payments' }),
    ).toHaveTextContent('dependsOn: - component:inventory');
  });

  it('looks at another window when asked', async () => {
    const user = userEvent.setup();
    const asked: string[] = [];
    const { healthApi } = open(aMap);
    const getMap = healthApi.getMap.bind(healthApi);
    healthApi.getMap = (ref, query) => {
      asked.push(`${ref} ${query.environment} ${query.window}`);
      return getMap(ref, query);
    };
    await screen.findByRole('group', { name: 'Map of storefront' });
    await user.click(screen.getByRole('button', { name: /Window of time/ }));
    await user.click(await screen.findByRole('option', { name: 'last 1 h' }));
    expect(
      await screen.findByText('requests/s, p95 and errors of the last 1 h'),
    ).toBeInTheDocument();
    expect(asked).toContain('system:default/storefront local PT1H');
  });

  it('draws again when a signal tells that a component changed', async () => {
    let map = aMap();
    const { signals } = open(() => map);
    await screen.findByText(/^4 of 5 components/);
    map = aMap({
      nodes: map.nodes.map(node => ({ ...node, status: 'healthy' })),
      edges: [],
    });
    act(() =>
      signals.send(HEALTH_SIGNAL_CHANNEL, {
        kind: 'entity',
        id: 'component:default/orders',
        version: 2,
      }),
    );
    expect(
      await screen.findByText('All 5 components are healthy.'),
    ).toBeInTheDocument();
  });

  it('shows what it knows where metrics are missing, and why they are', async () => {
    const { nodes } = aMap();
    open(() =>
      aMap({
        problem: {
          code: 'not-configured',
          message: 'local has no Prometheus.',
          hint: 'Name one in app-config.',
        },
        nodes: nodes.map(({ id, name, member, status, sentence }) => ({
          id,
          name,
          member,
          status,
          sentence,
        })),
        edges: [
          {
            from: 'component:default/web',
            to: 'component:default/orders',
            sources: ['catalog'],
          },
        ],
      }),
    );
    expect(
      await screen.findByText('local has no Prometheus.'),
    ).toBeInTheDocument();
    expect(screen.getAllByText('no traffic known')).toHaveLength(5);
  });

  it('says how a component comes into the system', async () => {
    open(aMap, []);
    expect(
      await screen.findByText('No component belongs to storefront'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('group', { name: 'System of a component' }),
    ).toHaveTextContent('system: storefront');
  });

  it('says what its components lack to be known', async () => {
    open(aMap, [part('design-system')]);
    expect(
      await screen.findByText('No component of storefront says where it runs'),
    ).toBeInTheDocument();
  });

  it('says that nothing runs where nothing does', async () => {
    open(() => aMap({ nodes: [], edges: [] }));
    expect(
      await screen.findByText('No component of this system runs here'),
    ).toBeInTheDocument();
  });

  it('says what failed, and tries again when asked', async () => {
    const user = userEvent.setup();
    let works = false;
    open(() => {
      if (!works) {
        throw new Error('the backend answered 503');
      }
      return aMap();
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Could not read the map of storefront');
    works = true;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('group', { name: 'Map of storefront' }),
    ).toBeInTheDocument();
  });

  it('keeps its shape while it is read', async () => {
    open(() => new Promise(() => {}));
    expect(
      await screen.findByText('Reading the map of storefront'),
    ).toBeInTheDocument();
  });

  it.each(['Map', 'Table'])(
    'has nothing that axe objects to as a %s',
    async view => {
      const user = userEvent.setup();
      const { container } = open(undeclaredMap);
      await user.click(await screen.findByRole('radio', { name: view }));
      const { violations } = await axe.run(container, {
        // jsdom neither lays out nor paints, and the test page has no landmarks.
        rules: {
          'label-content-name-mismatch': { enabled: true },
          region: { enabled: false },
          'color-contrast': { enabled: false },
        },
      });
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
      ).toEqual([]);
    },
  );
});
