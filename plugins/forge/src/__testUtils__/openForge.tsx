import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  entityPresentationApiRef,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen } from '@testing-library/react';
import { forgeApiRef } from '../api';
import { forgePlugin } from '../plugin';
import { fakeForge } from './fakeForge';

const orders = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    annotations: { 'ghostlight.dev/repository': 'orders' },
  },
};

const presentation = {
  forEntity: (entityOrRef: unknown) => {
    const snapshot = {
      entityRef: `${entityOrRef}`,
      primaryTitle: `${entityOrRef}`.split('/')[1],
    };
    return { snapshot, promise: Promise.resolve(snapshot) };
  },
};

/** Opens the portal, with nothing but the forge, at a path. */
export function openForge(
  path: string,
  answers: Parameters<typeof fakeForge>[0] = {},
  options: { mayWrite?: boolean } = {},
) {
  const { mayWrite = true } = options;
  const forge = fakeForge(answers);
  renderTestApp({
    features: [forgePlugin],
    initialRouteEntries: [path],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [forgeApiRef, forge.client],
      [catalogApiRef, catalogApiMock({ entities: [orders] })],
      [entityPresentationApiRef, presentation],
      [
        permissionApiRef,
        mockApis.permission({
          authorize: mayWrite ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
        }),
      ],
    ],
  });
  return forge;
}

/** The portal takes its time to start. */
export const find = (text: string | RegExp) =>
  screen.findByText(text, {}, { timeout: 15_000 });
