import type { Entity } from '@backstage/catalog-model';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import type { ServiceFileHealth } from '@ghostlight/plugin-health-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { healthApiRef, HealthQueries, healthQueriesApiRef } from '../../api';
import { healthPlugin } from '../../plugin';
import { forgeRouteRef } from '../../routes';
import { anAlert } from '../../testing/alerts';
import { FakeHealthApi } from '../../testing/FakeHealthApi';
import { aMistakenServiceFile, someObjectives } from '../../testing/objectives';
import { aReport } from '../../testing/reports';

const orders: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'orders', namespace: 'default' },
  spec: { type: 'service' },
};

function openOverview(
  card: 'alerts' | 'service-file',
  file?: ServiceFileHealth,
) {
  const healthApi = new FakeHealthApi({
    report: aReport,
    objectives: () => someObjectives(file && { serviceFile: file }),
    alerts: () => [anAlert()],
  });
  renderTestApp({
    extensions: [
      createTestEntityPage({ entity: orders }),
      healthPlugin.getExtension(`entity-card:health/${card}`),
    ],
    mountedRoutes: { '/forge': forgeRouteRef },
    apis: [
      [healthApiRef, healthApi],
      [healthQueriesApiRef, new HealthQueries({ healthApi })],
    ],
  });
  return healthApi;
}

describe('the card of ghostlight.yaml', () => {
  it('tells each mistake with its line, what is wrong and what would be right', async () => {
    openOverview('service-file', aMistakenServiceFile());
    expect(
      await screen.findByText('2 mistakes in ghostlight.yaml'),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Line 8' })).toHaveAttribute(
      'href',
      expect.stringMatching(
        /^\/forge\/orders\/file\/ghostlight.yaml\?ref=.*#L8$/,
      ),
    );
    expect(screen.getByText(/"2 minits" is not a duration/)).toHaveTextContent(
      'write 2m, or PT2M',
    );
    expect(
      screen.getByText('Mistake in line 5:').closest('code'),
    ).toHaveTextContent('objective: 999 %');
  });

  it('shows the first of many mistakes, and the others on request', async () => {
    const user = userEvent.setup();
    const file = aMistakenServiceFile();
    openOverview('service-file', {
      ...file,
      mistakes: Array.from({ length: 7 }, (_, n) => ({
        ...file.mistakes[0],
        line: n + 1,
        path: `slos[${n}]`,
      })),
    });
    await screen.findByText('7 mistakes in ghostlight.yaml');
    expect(screen.getAllByRole('link', { name: /^Line/ })).toHaveLength(3);
    await user.click(
      screen.getByRole('button', { name: 'Show all 7 mistakes' }),
    );
    expect(screen.getAllByRole('link', { name: /^Line/ })).toHaveLength(7);
  });

  it('is not there while nothing is wrong', async () => {
    const healthApi = openOverview('service-file');
    await waitFor(() => expect(healthApi.objectivesRequests).toBe(1));
    expect(screen.queryByText(/ghostlight.yaml/)).not.toBeInTheDocument();
  });
});

it('the card of objectives and alerts tells what fires, and is the door to the tab', async () => {
  openOverview('alerts');
  expect(await screen.findByText('Critical')).toBeInTheDocument();
  expect(
    screen.getByText('errors are 4.2 %, above 1 % for 3 min.'),
  ).toBeInTheDocument();
  expect(
    screen.getByRole('link', { name: 'Budgets, alerts and their history' }),
  ).toHaveAttribute('href', expect.stringMatching(/\/health$/));
});
