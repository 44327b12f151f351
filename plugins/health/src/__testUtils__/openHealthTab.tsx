import type { Entity } from '@backstage/catalog-model';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { StorageApi, storageApiRef } from '@backstage/frontend-plugin-api';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { HealthReport } from '@ghostlight/plugin-health-common';
import { healthApiRef, HealthQueries, healthQueriesApiRef } from '../api';
import { healthPlugin } from '../plugin';
import { forgeRouteRef } from '../routes';
import { FakeHealthApi, FakeHealthAnswers } from '../testing/FakeHealthApi';
import { FakeSignals } from '../testing/FakeSignals';

const orders: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'orders', namespace: 'default' },
  spec: { type: 'service' },
};

/** The Health tab on an entity's page, over a backend that answers as told. */
export function openHealthTab(
  report: () => Promise<HealthReport> | HealthReport,
  answers: FakeHealthAnswers = {},
  options: { entity?: Entity; path?: string; storage?: StorageApi } = {},
) {
  const healthApi = new FakeHealthApi({ report, ...answers });
  const signals = new FakeSignals();
  const storage: StorageApi = options.storage ?? mockApis.storage();
  const { container } = renderTestApp({
    extensions: [
      createTestEntityPage({ entity: options.entity ?? orders }),
      healthPlugin.getExtension('entity-content:health'),
    ],
    mountedRoutes: { '/forge': forgeRouteRef },
    initialRouteEntries: options.path ? [options.path] : undefined,
    apis: [
      [healthApiRef, healthApi],
      [healthQueriesApiRef, new HealthQueries({ healthApi })],
      [signalApiRef, signals],
      [storageApiRef, storage],
    ],
  });
  return { healthApi, signals, storage, container };
}
