import type { StorageApi } from '@backstage/frontend-plugin-api';
import { mockApis } from '@backstage/frontend-test-utils';
import { HEALTH_SIGNAL_CHANNEL } from '@ghostlight/plugin-health-common';
import type { HealthMetrics } from '@ghostlight/plugin-health-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { metricsWithoutTraffic, someMetrics } from '../../testing/metrics';
import { openHealthTab } from '../../__testUtils__/openHealthTab';
import { aReport } from '../../testing/reports';

function chart(name: string) {
  return screen.findByRole('figure', { name });
}

/** As the one on the server: knows nothing at once. */
function slowStorage(window: string): StorageApi {
  const storage: StorageApi = mockApis.storage({
    data: { 'ghostlight.health': { window } },
  });
  const slow: StorageApi = {
    forBucket: () => slow,
    snapshot: key => ({ key, presence: 'unknown' }),
    observe$: key => ({
      [Symbol.observable]() {
        return this;
      },
      subscribe: (observer: unknown) => {
        const answer = storage.forBucket('ghostlight.health').snapshot(key);
        const timer = setTimeout(
          () => typeof observer === 'function' && observer(answer),
        );
        return { closed: false, unsubscribe: () => clearTimeout(timer) };
      },
    }),
    set: (key, value) => storage.set(key, value),
    remove: key => storage.remove(key),
  };
  return slow;
}

function lost(problem: HealthMetrics['problem']): HealthMetrics {
  return someMetrics({ changes: { workloads: [], deploys: [], problem } });
}

const unavailable = lost({
  code: 'unavailable',
  message: 'Prometheus did not answer within 10 s.',
});

describe('metrics of the Health tab', () => {
  it('shows what callers see and what it costs, with the deploy in all of it', async () => {
    openHealthTab(() => aReport());
    for (const name of [
      'Requests/s',
      'Errors',
      'Latency',
      'CPU of the busiest replica',
      'Memory of the largest replica',
    ]) {
      expect(
        within(await chart(name)).getByRole('button', {
          name: 'Deploy a1b2c3d',
        }),
      ).toBeInTheDocument();
    }
    expect(screen.getByText('limit 128 MiB')).toBeInTheDocument();
    expect(screen.getByText(/^\d+(\.\d)? ms p95$/)).toBeInTheDocument();
  });

  it('gives each of several workloads charts of its own', async () => {
    openHealthTab(() => aReport(), {
      metrics: window =>
        someMetrics({ window, workloads: ['orders', 'orders-worker'] }),
    });
    const worker = await screen.findByRole('region', {
      name: 'Charts of orders-worker',
    });
    expect(within(worker).getAllByRole('figure')).toHaveLength(5);
    expect(
      within(worker).queryByRole('button', { name: /^Deploy/ }),
    ).not.toBeInTheDocument();
  });

  it('asks for the window of the address, and remembers the one chosen', async () => {
    const user = userEvent.setup();
    const { healthApi, storage } = openHealthTab(
      () => aReport(),
      {},
      { path: '/?window=PT1H' },
    );
    await chart('Latency');
    expect(healthApi.metricsRequests).toEqual([
      { environment: 'local', window: 'PT1H' },
    ]);
    await user.click(screen.getByRole('button', { name: /Window of time/ }));
    await user.click(await screen.findByRole('option', { name: 'last 24 h' }));
    await waitFor(() =>
      expect(healthApi.metricsRequests.at(-1)?.window).toBe('PT24H'),
    );
    expect(
      storage.forBucket('ghostlight.health').snapshot('window').value,
    ).toBe('PT24H');
  });

  it('keeps its window when the person chooses another on another page', async () => {
    const { healthApi, storage } = openHealthTab(() => aReport());
    await chart('Latency');
    await act(async () => {
      await storage.forBucket('ghostlight.health').set('window', 'PT24H');
    });
    expect(
      screen.getByRole('button', { name: /last 15 min/ }),
    ).toBeInTheDocument();
    expect(healthApi.metricsRequests.map(({ window }) => window)).toEqual(
      healthApi.metricsRequests.map(() => 'PT15M'),
    );
  });

  it('begins with the window chosen last, also where the store answers later', async () => {
    const { storage } = openHealthTab(
      () => aReport(),
      {},
      { storage: slowStorage('PT6H') },
    );
    expect(
      await screen.findByRole('button', { name: /last 6 h/ }),
    ).toBeInTheDocument();
    expect(storage.snapshot('window').presence).toBe('unknown');
  });

  it('says what the address asks for in vain, until something is chosen', async () => {
    const user = userEvent.setup();
    openHealthTab(
      () => aReport(),
      {},
      { path: '/?window=foo&environment=nope' },
    );
    expect(
      await screen.findByText(
        'There is no environment nope for this component; showing local. There is no window foo; showing the last 15 min.',
      ),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: /Window of time/ }));
    await user.click(await screen.findByRole('option', { name: 'last 1 h' }));
    expect(
      await screen.findByText(
        'There is no environment nope for this component; showing local.',
      ),
    ).toBeInTheDocument();
  });

  it('says over what the CPU is told, in the chart and in the table', async () => {
    openHealthTab(() => aReport());
    expect(
      within(await chart('CPU of the busiest replica')).getByText(
        'moving average',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('columnheader', { name: 'CPU, last sample' }),
    ).toBeInTheDocument();
  });

  it('holds the charts still on request, and lets them go on', async () => {
    const user = userEvent.setup();
    const { healthApi, signals } = openHealthTab(() => aReport());
    await chart('Latency');
    await user.click(
      screen.getByRole('button', { name: 'Hold the charts still' }),
    );
    expect(screen.getByText(/Charts held at/)).toBeInTheDocument();
    // What is held is not of now.
    expect(screen.queryByText(/requests\/s,/)).not.toBeInTheDocument();
    const asked = healthApi.metricsRequests.length;
    act(() => {
      signals.send(HEALTH_SIGNAL_CHANNEL, {
        kind: 'entity',
        id: 'component:default/orders',
        version: 2,
      });
    });
    await waitFor(() => expect(healthApi.reportRequests).toBe(2));
    expect(healthApi.metricsRequests).toHaveLength(asked);
    await user.click(
      screen.getByRole('button', { name: 'Let the charts go on' }),
    );
    await waitFor(() =>
      expect(healthApi.metricsRequests).toHaveLength(asked + 1),
    );
  });

  it('says what to configure where no Prometheus is known', async () => {
    openHealthTab(() => aReport(), {
      metrics: () =>
        lost({
          code: 'not-configured',
          message: 'No Prometheus is configured for local.',
        }),
    });
    expect(
      await screen.findByRole('group', { name: 'Configuration of metrics' }),
    ).toHaveTextContent(/- name: local\s+prometheus:\s+url:/);
    expect(screen.queryByRole('slider')).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Export' }),
    ).not.toBeInTheDocument();
  });

  it('keeps what it had when metrics become unavailable, says since when, and tries again', async () => {
    const user = userEvent.setup();
    let metrics = someMetrics();
    const { signals } = openHealthTab(() => aReport(), {
      metrics: () => metrics,
    });
    await chart('Latency');
    metrics = unavailable;
    act(() => {
      signals.send(HEALTH_SIGNAL_CHANNEL, {
        kind: 'entity',
        id: 'component:default/orders',
        version: 2,
      });
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(/No metrics of local since \d\d:\d\d/);
    expect(alert).toHaveTextContent('Prometheus did not answer within 10 s.');
    expect(await chart('Latency')).toBeInTheDocument();
    expect(screen.queryByText('now')).not.toBeInTheDocument();
    expect(screen.queryByText(/requests\/s,/)).not.toBeInTheDocument();
    metrics = someMetrics();
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    await waitFor(() =>
      expect(screen.queryByRole('alert')).not.toBeInTheDocument(),
    );
  });

  it('tells how to make traffic where there was none, and shows what can be shown', async () => {
    openHealthTab(
      () => aReport(),
      { metrics: metricsWithoutTraffic },
      {
        entity: {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name: 'orders',
            namespace: 'default',
            links: [{ url: 'https://orders.example', title: 'Orders API' }],
          },
          spec: { type: 'service' },
        },
      },
    );
    expect(
      await screen.findByText('No requests in the last 15 min'),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Orders API' })).toHaveAttribute(
      'href',
      'https://orders.example',
    );
    expect(screen.getAllByRole('slider')).toHaveLength(2);
  });

  it('fails alone when the metrics cannot be asked for', async () => {
    openHealthTab(() => aReport(), {
      metrics: () => {
        throw new Error('The health backend answered 503.');
      },
    });
    expect(
      await screen.findByText('Could not read the metrics in local'),
    ).toBeInTheDocument();
    expect(screen.getByText('3 of 3 ready')).toBeInTheDocument();
  });

  it('names what fires in its answer and leads to it', async () => {
    openHealthTab(() => aReport());
    expect(
      await screen.findByRole('link', { name: '2 alerts firing' }),
    ).toHaveAttribute('href', expect.stringContaining('#alerts'));
  });

  it('gives the numbers as a file', async () => {
    const user = userEvent.setup();
    URL.createObjectURL = jest.fn(() => 'blob:numbers');
    URL.revokeObjectURL = jest.fn();
    const saved = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        this.dataset.saved = this.download;
      });
    openHealthTab(() => aReport());
    await user.click(await screen.findByRole('button', { name: 'Export' }));
    await user.click(
      await screen.findByRole('menuitem', { name: 'CSV, last 15 min' }),
    );
    await waitFor(() => expect(saved).toHaveBeenCalled());
    const [link] = saved.mock.contexts;
    expect(link).toHaveAttribute('download', 'orders-local-15min.csv');
    saved.mockRestore();
  });

  it('compares the last deploy with what was before it', async () => {
    const user = userEvent.setup();
    openHealthTab(() => aReport());
    await user.click(
      await screen.findByRole('button', { name: 'Compare deploys' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const table = await dialog.findByRole('table', {
      name: 'Before and after the last deploy of orders',
    });
    const [, errors] = within(table).getAllByRole('row');
    expect(errors).toHaveTextContent(
      'Errors0.21 %0.24 %+0.03 points (−0.1 points to +0.2 points)No worse',
    );
    expect(
      dialog.getByText('Too few requests are that slow to tell.'),
    ).toBeInTheDocument();
    expect(
      within(table).getByRole('row', { name: /^Requests/ }),
    ).toHaveTextContent(/24\/s23\.6\/s−0\.4\/sNot judged$/);
    expect(dialog.getByRole('link', { name: '51be0d7' })).toBeInTheDocument();
  });

  it.each([
    ['with charts', () => someMetrics()],
    ['not configured', () => lost({ code: 'not-configured', message: 'No.' })],
    ['unavailable', () => unavailable],
    ['without traffic', metricsWithoutTraffic],
  ])(
    'has nothing that axe objects to %s',
    async (_state, metrics) => {
      const { container } = openHealthTab(() => aReport(), { metrics });
      await screen.findByRole('table', { name: /^Replicas of/ });
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
