import { renderInTestApp } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  HEALTH_SIGNAL_CHANNEL,
  HealthObjectives,
} from '@ghostlight/plugin-health-common';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { HealthQueries, healthQueriesApiRef } from '../../api';
import { forgeRouteRef } from '../../routes';
import { FakeHealthApi } from '../../testing/FakeHealthApi';
import { FakeSignals } from '../../testing/FakeSignals';
import {
  aMistakenServiceFile,
  anObjectiveAtRisk,
  anObjectiveMet,
  someObjectives,
} from '../../testing/objectives';
import { Objectives } from './Objectives';

const orders = 'component:default/orders';

async function show(
  objectives: () => Promise<HealthObjectives> | HealthObjectives,
) {
  const healthApi = new FakeHealthApi({ objectives });
  const signals = new FakeSignals();
  const { container } = await renderInTestApp(
    <Objectives entityRef={orders} environment="local" />,
    {
      mountedRoutes: { '/forge': forgeRouteRef },
      apis: [
        [healthQueriesApiRef, new HealthQueries({ healthApi })],
        [signalApiRef, signals],
      ],
    },
  );
  return { healthApi, signals, container };
}

describe('Objectives', () => {
  it('tells the promise, what is left of its budget and how fast that goes', async () => {
    await show(() => someObjectives());
    expect(
      await screen.findByText(/^99.9 % of requests succeed over 30 days/),
    ).toBeInTheDocument();
    expect(screen.getByText('Met')).toBeInTheDocument();
    expect(
      screen.getByText('71 % of the budget left, burning 0.4 x'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('meter', { name: 'Budget of availability' }),
    ).toHaveAttribute('aria-valuetext', '71 % of the budget left');
    expect(
      screen.getByRole('img', { name: /^Budget of availability over/ }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Measured since 6 days, of a window of 30.'),
    ).toBeInTheDocument();
    expect(screen.getByText('At risk')).toBeInTheDocument();
    expect(screen.getByText('1 of 2 met')).toBeInTheDocument();
  });

  it('shows the burn rates of all windows on demand, by keyboard', async () => {
    const user = userEvent.setup();
    await show(() => someObjectives({ objectives: [anObjectiveAtRisk()] }));
    const summary = await screen.findByText(
      'Burn rates of fast: when it alerts',
    );
    const table = screen.getByRole('table', {
      name: 'Burn rates of fast',
      hidden: true,
    });
    expect(table).not.toBeVisible();
    await user.click(summary);
    expect(table).toBeVisible();
    const [, hour, sixHours] = within(table).getAllByRole('row');
    expect(hour).toHaveTextContent('1 h and 5 min7.2 x8.1 x14.4 xquiet');
    expect(sixHours).toHaveTextContent('Fires, critical');
  });

  it('tells an overspent budget and one that nobody could measure', async () => {
    await show(() =>
      someObjectives({
        objectives: [
          {
            ...anObjectiveMet(),
            status: 'breached',
            sentence: 'overspent by 40 % of the budget, burning 3 x',
            budgetLeft: -0.4,
          },
          {
            slo: anObjectiveAtRisk().slo,
            status: 'unknown',
            sentence: 'no data',
            burnRates: [],
            history: [],
            notes: ['Prometheus has had no requests of it for 30 days.'],
          },
        ],
      }),
    );
    expect(await screen.findByText('Breached')).toBeInTheDocument();
    expect(
      screen.getByRole('meter', { name: 'Budget of availability' }),
    ).toHaveAttribute('aria-valuetext', 'overspent by 40 % of the budget');
    expect(screen.getByText('Unknown')).toBeInTheDocument();
    expect(
      screen.getByText('Prometheus has had no requests of it for 30 days.'),
    ).toBeInTheDocument();
    expect(screen.getAllByRole('meter')).toHaveLength(1);
  });

  it('shows how to write the first, and leads to the repository', async () => {
    const user = userEvent.setup();
    await show(() =>
      someObjectives({
        objectives: [],
        serviceFile: {
          state: 'missing',
          path: 'ghostlight.yaml',
          repository: 'orders',
          mistakes: [],
          message: 'orders has no ghostlight.yaml.',
        },
      }),
    );
    expect(
      await screen.findByText('orders has no ghostlight.yaml.'),
    ).toBeInTheDocument();
    const example = screen.getByRole('group', {
      name: 'Objectives for ghostlight.yaml',
    });
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    await user.click(within(example).getByRole('button', { name: 'Copy' }));
    expect(copied).toHaveBeenCalledWith(
      expect.stringContaining('kind: availability'),
    );
    expect(screen.getByRole('link', { name: 'Open orders' })).toHaveAttribute(
      'href',
      '/forge/orders',
    );
  });

  it('tells mistakes of the file with their lines above what is in force', async () => {
    await show(() => someObjectives({ serviceFile: aMistakenServiceFile() }));
    expect(
      await screen.findByRole('region', {
        name: '2 mistakes in ghostlight.yaml',
      }),
    ).toHaveTextContent('What is valid stays in force');
    expect(screen.getByRole('link', { name: 'Line 5' })).toHaveAttribute(
      'href',
      '/forge/orders/file/ghostlight.yaml?ref=a1b2c3d4e5f60718293a4b5c6d7e8f9012345678#L5',
    );
    expect(screen.getByText('Mistake in line 8:')).toBeInTheDocument();
    expect(screen.getByText(/write 99.9 %, or 0.999/)).toBeInTheDocument();
    expect(screen.getByText('Met')).toBeInTheDocument();
  });

  it('tells why there are no numbers', async () => {
    await show(() =>
      someObjectives({
        objectives: [],
        problem: {
          code: 'unavailable',
          message: 'Prometheus of local does not answer.',
          hint: 'Look at its address in app-config.',
        },
      }),
    );
    expect(
      await screen.findByText('Prometheus of local does not answer.'),
    ).toBeInTheDocument();
  });

  it('says what failed, and tries again when asked', async () => {
    const user = userEvent.setup();
    let works = false;
    await show(() => {
      if (!works) {
        throw new Error('the backend answered 503');
      }
      return someObjectives();
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Could not read the objectives in local');
    expect(alert).toHaveTextContent('the backend answered 503');
    works = true;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Met')).toBeInTheDocument();
  });

  it('keeps its shape while it is read', async () => {
    await show(() => new Promise(() => {}));
    expect(
      await screen.findByText('Reading the objectives in local'),
    ).toBeInTheDocument();
  });

  it('reads again when a signal tells that its alerts changed', async () => {
    let objectives = [anObjectiveMet()];
    const { signals } = await show(() => someObjectives({ objectives }));
    await screen.findByText('Met');
    objectives = [anObjectiveAtRisk()];
    act(() =>
      signals.send(HEALTH_SIGNAL_CHANNEL, {
        kind: 'alerts',
        id: orders,
        version: 2,
      }),
    );
    expect(await screen.findByText('At risk')).toBeInTheDocument();
  });

  it('has nothing that axe objects to', async () => {
    const { container } = await show(() =>
      someObjectives({ serviceFile: aMistakenServiceFile() }),
    );
    await screen.findByText('Met');
    const { violations } = await axe.run(container, {
      // jsdom neither lays out nor paints, and the test page has no landmarks.
      rules: {
        region: { enabled: false },
        'heading-order': { enabled: false },
        'color-contrast': { enabled: false },
      },
    });
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
    ).toEqual([]);
  });
});
