import type { Entity } from '@backstage/catalog-model';
import { HEALTH_SIGNAL_CHANNEL } from '@ghostlight/plugin-health-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { openHealthTab } from '../../__testUtils__/openHealthTab';
import {
  aCrowdedReport,
  aDeadClusterReport,
  aNotAnnotatedReport,
  anEnvironment,
  aNothingDeployedReport,
  aReport,
  aTroubledReport,
} from '../../testing/reports';

const orders: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'orders', namespace: 'default' },
  spec: { type: 'service' },
};

function row(name: string): HTMLElement {
  return screen.getByRole('row', { name: new RegExp(name) });
}

describe('the Health tab', () => {
  it('answers first: status, replicas, traffic, and whether the last deploy did harm', async () => {
    openHealthTab(() => aReport());
    expect(
      await screen.findByRole('heading', {
        name: /^3 of 3 replicas ready\. \d+(\.\d)?\srequests\/s, 0\.\d+\s% errors, p95 \d+(\.\d)?\sms now\. Last deploy 12 minutes ago: no worse\.$/,
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('Live', { selector: 'span' })).toBeInTheDocument();
  });

  it('names the revision: commit, author, who deployed it and when', async () => {
    openHealthTab(() => aReport());
    expect(
      await screen.findByText('Greet people by their first name'),
    ).toBeInTheDocument();
    expect(screen.getByText(/Maya Lindqvist/)).toBeInTheDocument();
    expect(screen.getAllByText('12 min ago').length).toBeGreaterThan(0);
    expect(screen.getByRole('link', { name: 'maya' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'a1b2c3d' })).toHaveAttribute(
      'href',
      '/forge/orders/commit/a1b2c3d4e5f60718293a4b5c6d7e8f9012345678',
    );
  });

  it('says of each replica why it does not serve, in words, worst first', async () => {
    openHealthTab(aTroubledReport);
    const table = await screen.findByRole('table', {
      name: 'Replicas of orders',
    });
    const [, first, second] = within(table).getAllByRole('row');
    expect(within(first).getByText('Crashing')).toBeInTheDocument();
    expect(first).toHaveTextContent('It ended 6 times');
    expect(first).toHaveTextContent(
      'out of memory: used more than its limit of 128 MiB',
    );
    expect(first).toHaveTextContent('no data');
    expect(second).toHaveTextContent('GET /ready answered 503');
    expect(
      within(row('orders-66c8d4f7b-h4x0r')).getByText('older'),
    ).toBeInTheDocument();
  });

  it('shows the present use of CPU and memory of its limit', async () => {
    openHealthTab(() => aReport());
    expect(
      await screen.findByRole('meter', {
        name: 'Memory of orders-7d4f9c6b5-x2k4p',
      }),
    ).toHaveAttribute('aria-valuetext', '57 of 128 MiB');
  });

  it('keeps its shape while the first report is on its way', async () => {
    openHealthTab(() => new Promise(() => {}));
    expect(
      await screen.findByText('Reading the health of orders'),
    ).toBeInTheDocument();
  });

  it('tells an entity without annotations how to get them, to copy', async () => {
    openHealthTab(aNotAnnotatedReport);
    const code = await screen.findByRole('group', {
      name: 'Annotation for catalog-info.yaml',
    });
    expect(code).toHaveTextContent('backstage.io/kubernetes-id: orders');
    const user = userEvent.setup();
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    await user.click(within(code).getByRole('button', { name: 'Copy' }));
    expect(copied).toHaveBeenCalledWith(
      expect.stringContaining('    backstage.io/kubernetes-id: orders'),
    );
  });

  it('tells what to do where nothing is deployed', async () => {
    openHealthTab(aNothingDeployedReport);
    expect(
      await screen.findByRole('heading', {
        name: 'Nothing of orders is deployed.',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('backstage.io/kubernetes-id=orders'),
    ).toBeInTheDocument();
  });

  it('shows a dead cluster as it was last known, and claims nothing more', async () => {
    const streamed = jest.fn(async function* none() {});
    openHealthTab(aDeadClusterReport, { logs: streamed });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(/Out of reach since .*3 min ago/);
    expect(
      screen.getByRole('heading', { name: /ECONNREFUSED/ }),
    ).toBeInTheDocument();
    expect(screen.getByText(/Not live/)).toBeInTheDocument();
    expect(screen.getByText('3 of 3 were ready')).toBeInTheDocument();
    expect(screen.getAllByText('Was ready')).toHaveLength(3);
    expect(screen.queryByText('Ready')).not.toBeInTheDocument();
    expect(streamed).not.toHaveBeenCalled();
  });

  it('says what failed and why, and tries again when asked', async () => {
    const user = userEvent.setup();
    let works = false;
    openHealthTab(() => {
      if (!works) {
        throw new Error('The health backend answered 503.');
      }
      return aReport();
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Could not read the health of orders');
    expect(alert).toHaveTextContent('The health backend answered 503.');
    works = true;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Healthy')).toBeInTheDocument();
  });

  it('reads again when a signal tells of this entity, and only then', async () => {
    let report = aReport();
    const { healthApi, signals } = openHealthTab(() => report);
    await screen.findByText('Healthy');
    expect(healthApi.reportRequests).toBe(1);

    report = aTroubledReport();
    const signal = { kind: 'entity', version: 2 };
    act(() => {
      signals.send(HEALTH_SIGNAL_CHANNEL, {
        ...signal,
        id: 'component:default/payments',
      });
      signals.send(HEALTH_SIGNAL_CHANNEL, { ...signal, id: report.entityRef });
    });
    expect(await screen.findByText('Degraded')).toBeInTheDocument();
    expect(healthApi.reportRequests).toBe(2);
  });

  it('keeps what it knows when reading again fails, and says that it is old', async () => {
    let works = true;
    const { signals } = openHealthTab(() => {
      if (!works) {
        throw new Error('connection reset');
      }
      return aReport();
    });
    await screen.findByText('Healthy');
    works = false;
    act(() => {
      signals.send(HEALTH_SIGNAL_CHANNEL, {
        kind: 'entity',
        id: 'component:default/orders',
        version: 2,
      });
    });
    expect(await screen.findByText(/Could not refresh/)).toBeInTheDocument();
    expect(screen.getByText('Healthy')).toBeInTheDocument();
    expect(screen.getByText(/Not live/)).toBeInTheDocument();
  });

  it('opens on the environment that is worst and changes on request', async () => {
    const user = userEvent.setup();
    const troubled = aTroubledReport();
    openHealthTab(() => ({
      ...troubled,
      environments: [...troubled.environments].reverse(),
    }));
    expect(await screen.findByText('Degraded')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: /Environment/ }));
    await user.click(await screen.findByRole('option', { name: 'staging' }));
    expect(await screen.findByText('Healthy')).toBeInTheDocument();
    expect(screen.queryByText('Degraded')).not.toBeInTheDocument();
  });

  it('opens on what runs rather than on an environment it never came to', async () => {
    const user = userEvent.setup();
    openHealthTab(() =>
      aReport({
        environments: [
          anEnvironment({
            environment: { name: 'production', tier: 'production' },
            status: 'unknown',
            sentence: 'Nothing is deployed.',
            workloads: [],
          }),
          anEnvironment(),
        ],
      }),
    );
    expect(await screen.findByText('Healthy')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: /Environment/ }));
    await user.click(
      await screen.findByRole('option', { name: 'production: not deployed' }),
    );
    expect(
      await screen.findByText('Nothing runs in production yet'),
    ).toBeInTheDocument();
  });

  it('tells what is wrong with an annotation that is there', async () => {
    openHealthTab(
      () => ({
        ...aNotAnnotatedReport(),
        sentence:
          'Unknown. The annotation of orders that names its workloads is wrong.',
        hint: 'a=b=c is not a label selector.\nAdd this under metadata.annotations in catalog-info.yaml:\n`backstage.io/kubernetes-id: orders`',
      }),
      {},
      {
        entity: {
          ...orders,
          metadata: {
            ...orders.metadata,
            annotations: { 'backstage.io/kubernetes-label-selector': 'a=b=c' },
          },
        },
      },
    );
    expect(
      await screen.findByText('a=b=c is not a label selector.'),
    ).toBeInTheDocument();
  });

  it('shows the replicas in trouble of many, and the others on demand', async () => {
    const user = userEvent.setup();
    openHealthTab(aCrowdedReport);
    const table = await screen.findByRole('table', { name: /^Replicas of/ });
    expect(within(table).getAllByRole('row')).toHaveLength(13);
    expect(within(table).getByText('Starting')).toBeInTheDocument();
    await user.click(
      screen.getByRole('button', { name: 'Show all 50 replicas' }),
    );
    expect(within(table).getAllByRole('row')).toHaveLength(51);
  });

  it('lists events newest first, and their failure leaves the rest alone', async () => {
    openHealthTab(() => aReport(), {
      events: () => {
        throw new Error('events are forbidden');
      },
    });
    expect(
      await screen.findByText('Could not read the events in local'),
    ).toBeInTheDocument();
    expect(screen.getByText('Healthy')).toBeInTheDocument();
  });

  it('says so where workloads are wanted that have no replica yet', async () => {
    openHealthTab(() => {
      const environment = anEnvironment();
      const [workload] = environment.workloads;
      return aReport({
        environments: [
          {
            ...environment,
            workloads: [
              {
                ...workload,
                pods: [],
                replicas: { desired: 3, ready: 0, updated: 0 },
              },
            ],
          },
        ],
      });
    });
    expect(
      await screen.findByText(/None of 3 replicas exists yet/),
    ).toBeInTheDocument();
  });

  it.each([
    ['in trouble', aTroubledReport],
    ['out of reach', aDeadClusterReport],
    ['not annotated', aNotAnnotatedReport],
  ])(
    'has nothing that axe objects to when %s',
    async (_state, report) => {
      const { container } = openHealthTab(report);
      await screen.findByRole('status');
      await waitFor(() =>
        expect(screen.queryByText(/^Reading the/)).not.toBeInTheDocument(),
      );
      const { violations } = await axe.run(container, {
        // jsdom neither lays out nor paints, and the test page has no landmarks.
        rules: {
          region: { enabled: false },
          'color-contrast': { enabled: false },
        },
      });
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
      ).toEqual([]);
    },
    30_000,
  );
});
