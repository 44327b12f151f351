import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  Alert,
  HEALTH_SIGNAL_CHANNEL,
  HealthClient,
  HealthObjectives,
  ServiceFileHealth,
} from '@ghostlight/plugin-health-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { healthApiRef, HealthQueries, healthQueriesApiRef } from '../../api';
import { anAlert, someAlerts } from '../../testing/alerts';
import { FakeHealthApi } from '../../testing/FakeHealthApi';
import { FakeSignals } from '../../testing/FakeSignals';
import { someObjectives } from '../../testing/objectives';
import { ago } from '../../testing/reports';
import { Alerts } from './Alerts';

const orders = 'component:default/orders';
const payments = 'component:default/payments';

async function show(
  answers: ConstructorParameters<typeof FakeHealthApi>[0],
  may: AuthorizeResult.ALLOW | AuthorizeResult.DENY = AuthorizeResult.ALLOW,
) {
  const healthApi = new FakeHealthApi(answers);
  const signals = new FakeSignals();
  // What one may is remembered by entity, across tests too.
  const entityRef = may === AuthorizeResult.ALLOW ? orders : payments;
  const { container } = await renderInTestApp(
    <Alerts entityRef={entityRef} environment="local" />,
    {
      apis: [
        [healthApiRef, healthApi],
        [healthQueriesApiRef, new HealthQueries({ healthApi })],
        [permissionApiRef, mockApis.permission({ authorize: may })],
        [signalApiRef, signals],
      ],
    },
  );
  return { healthApi, signals, container };
}

function withFile(changes: Partial<ServiceFileHealth>): HealthObjectives {
  const objectives = someObjectives();
  return {
    ...objectives,
    serviceFile: { ...objectives.serviceFile, ...changes },
  };
}

/** As the backend refuses: the reason is in the body. */
const refusing = new HealthClient({
  discoveryApi: { getBaseUrl: async () => 'http://health.test/api/health' },
  fetchApi: {
    fetch: async () =>
      new Response(
        JSON.stringify({
          error: {
            name: 'ConflictError',
            message: 'The alert errors is over already.',
          },
          response: { statusCode: 409 },
        }),
        { status: 409, headers: { 'content-type': 'application/json' } },
      ),
  },
});

/** Alerts that are over, newest first. */
function past(count: number): Alert[] {
  return Array.from({ length: count }, (_, n) =>
    anAlert({
      id: `past-${n}`,
      name: `past-${n}`,
      state: 'resolved',
      startedAt: ago(3600 * (n + 1)),
      resolvedAt: ago(3600 * (n + 1) - 720),
    }),
  );
}

describe('Alerts', () => {
  it('tells what fires, how bad that is, since when, and who looks at it', async () => {
    const { healthApi } = await show({});
    expect(await screen.findByText('2 alerts firing')).toBeInTheDocument();
    const [first, second] = screen.getAllByRole('listitem');
    expect(within(first).getByText('Critical')).toBeInTheDocument();
    expect(first).toHaveTextContent('errors are 4.2 %, above 1 % for 3 min');
    expect(first).toHaveTextContent('Firing for 3 min');
    expect(second).toHaveTextContent(
      /Acknowledged by Maya Lindqvist 35 min ago: The new index/,
    );
    expect(
      within(second).queryByRole('button', { name: /Acknowledge/ }),
    ).not.toBeInTheDocument();
    expect(healthApi.alertQueries).toContainEqual({
      entityRefs: [orders],
      environment: 'local',
      state: 'firing',
      pageSize: 100,
    });
  });

  it('acknowledges with a note, by keyboard, and shows that it did', async () => {
    const user = userEvent.setup();
    let alerts = [anAlert()];
    const { healthApi } = await show({
      alerts: () => alerts,
      acknowledge: (_id, note) => {
        const by = 'user:default/sam';
        const alert = anAlert({ acknowledged: { by, at: ago(0), note } });
        alerts = [alert];
        return alert;
      },
    });
    const button = await screen.findByRole('button', {
      name: 'Acknowledge errors',
    });
    await waitFor(() => expect(button).toBeEnabled());
    button.focus();
    await user.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', {
      name: 'Acknowledge errors of orders in local',
    });
    await user.type(
      within(dialog).getByRole('textbox', { name: /Note/ }),
      ' On it. ',
    );
    await user.click(
      within(dialog).getByRole('button', { name: 'Acknowledge' }),
    );
    expect(await screen.findByText(/Acknowledged by sam/)).toHaveTextContent(
      'On it.',
    );
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(healthApi.acknowledged).toEqual([
      { id: 'errors-1', note: 'On it.' },
    ]);
  });

  it('says in the dialog why it could not, and keeps the note', async () => {
    const user = userEvent.setup();
    await show({
      alerts: () => [anAlert()],
      acknowledge: id => refusing.acknowledgeAlert(id, {}),
    });
    const button = await screen.findByRole('button', {
      name: 'Acknowledge errors',
    });
    await waitFor(() => expect(button).toBeEnabled());
    await user.click(button);
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox'), 'On it.');
    await user.click(
      within(dialog).getByRole('button', { name: 'Acknowledge' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'Could not acknowledge errorsThe alert errors is over already.',
    );
    expect(within(dialog).getByRole('textbox')).toHaveValue('On it.');
  });

  it('explains to who may not acknowledge why not', async () => {
    await show({ alerts: () => [anAlert()] }, AuthorizeResult.DENY);
    const why = await screen.findByText(
      'Only owners of payments and operators may acknowledge its alerts.',
    );
    const button = screen.getByRole('button', { name: 'Acknowledge errors' });
    expect(button).toBeDisabled();
    expect(button).toHaveAttribute('aria-describedby', why.id);
  });

  it('keeps what is over in pages, with how long it lasted and why it ended', async () => {
    const user = userEvent.setup();
    const [oldest, ...others] = past(12).reverse();
    await show({
      alerts: () => [
        ...others.reverse(),
        { ...oldest, resolution: 'its threshold was removed' },
      ],
    });
    const table = await screen.findByRole('table', {
      name: 'Alerts that are over',
    });
    expect(table).toBeVisible();
    expect(within(table).getAllByRole('row')).toHaveLength(11);
    expect(within(table).getAllByText('12 min')).toHaveLength(10);
    expect(screen.getByText('Page 1 of 2')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Newer' })).toBeDisabled();
    await user.click(screen.getByRole('button', { name: 'Older' }));
    expect(await screen.findByText('Page 2 of 2')).toBeInTheDocument();
    expect(
      screen.getByText('Ended because its threshold was removed'),
    ).toBeInTheDocument();
    expect(screen.getByText('No alert fires')).toBeInTheDocument();
  });

  it('tells who has never seen one how to get it', async () => {
    await show({
      alerts: () => [],
      objectives: () => withFile({ state: 'missing' }),
    });
    expect(await screen.findByText('No alert has fired')).toBeInTheDocument();
    expect(
      await screen.findByRole('group', { name: 'Alerts for ghostlight.yaml' }),
    ).toHaveTextContent('metric: errors');
  });

  it('leads to the thresholds in force, and shows no other ones beside them', async () => {
    await show({
      alerts: () => [],
      objectives: () =>
        withFile({
          state: 'valid',
          repository: 'https://git.example/orders',
        }),
    });
    expect(
      await screen.findByRole('link', { name: 'ghostlight.yaml' }),
    ).toHaveAttribute('href', 'https://git.example/orders');
    expect(screen.queryByRole('group')).not.toBeInTheDocument();
  });

  it('hears of a new one by a signal', async () => {
    let alerts: Alert[] = [];
    const { signals } = await show({ alerts: () => alerts });
    await screen.findByText('No alert has fired');
    alerts = [anAlert()];
    act(() =>
      signals.send(HEALTH_SIGNAL_CHANNEL, {
        kind: 'alerts',
        id: orders,
        version: 2,
      }),
    );
    expect(await screen.findByText('1 alert firing')).toBeInTheDocument();
  });

  it('says what failed, and tries again when asked', async () => {
    const user = userEvent.setup();
    let works = false;
    await show({
      alerts: () => {
        if (!works) {
          throw new Error('the backend answered 503');
        }
        return someAlerts();
      },
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Could not read the alerts in local');
    works = true;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('2 alerts firing')).toBeInTheDocument();
  });

  it('keeps its shape while it is read', async () => {
    await show({ alerts: () => new Promise(() => {}) });
    expect(
      await screen.findByText('Reading the alerts in local'),
    ).toBeInTheDocument();
  });

  it.each([AuthorizeResult.ALLOW, AuthorizeResult.DENY] as const)(
    'has nothing that axe objects to (%s)',
    async may => {
      const { container } = await show({}, may);
      await screen.findByText('2 alerts firing');
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
    },
  );
});
