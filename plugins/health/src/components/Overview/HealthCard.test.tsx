import type { Entity } from '@backstage/catalog-model';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import type { HealthReport } from '@ghostlight/plugin-health-common';
import { screen } from '@testing-library/react';
import { healthApiRef, HealthQueries, healthQueriesApiRef } from '../../api';
import { healthPlugin } from '../../plugin';
import { FakeHealthApi } from '../../testing/FakeHealthApi';
import { aNotAnnotatedReport, aTroubledReport } from '../../testing/reports';

function openOverview(kind: string, report: () => HealthReport) {
  const healthApi = new FakeHealthApi({ report });
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name: 'orders', namespace: 'default' },
  };
  renderTestApp({
    extensions: [
      createTestEntityPage({ entity }),
      healthPlugin.getExtension('entity-card:health'),
    ],
    apis: [
      [healthApiRef, healthApi],
      [healthQueriesApiRef, new HealthQueries({ healthApi })],
    ],
  });
}

describe('the Health card of the overview', () => {
  it('tells status, sentence and commit, and is the door to the tab', async () => {
    openOverview('Component', aTroubledReport);
    expect(await screen.findByText('Degraded')).toBeInTheDocument();
    expect(screen.getByText(/^2 of 4 replicas ready/)).toBeInTheDocument();
    expect(screen.getByText('a1b2c3d')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Replicas, logs and events' }),
    ).toHaveAttribute('href', expect.stringMatching(/\/health$/));
  });

  it('offers to set it up where the entity names no workloads', async () => {
    openOverview('Component', aNotAnnotatedReport);
    expect(
      await screen.findByRole('link', { name: 'Set it up' }),
    ).toBeInTheDocument();
  });

  it('is not there for kinds that do not run', async () => {
    openOverview('System', aTroubledReport);
    expect(await screen.findByTestId('empty-entity-page')).toBeInTheDocument();
  });
});
