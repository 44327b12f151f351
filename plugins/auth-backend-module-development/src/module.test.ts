import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  authProvidersExtensionPoint,
  type AuthProviderRegistrationOptions,
} from '@backstage/plugin-auth-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import authModuleDevelopment from '.';

const registered: AuthProviderRegistrationOptions[] = [];

/** As much of the auth backend as the module needs. */
const authPlugin = createBackendPlugin({
  pluginId: 'auth',
  register(reg) {
    reg.registerExtensionPoint(authProvidersExtensionPoint, {
      registerProvider: options => registered.push(options),
    });
    reg.registerInit({
      deps: { httpRouter: coreServices.httpRouter },
      async init({ httpRouter }) {
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
      },
    });
  },
});

function user(name: string, extra: Partial<Entity>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default', description: 'Engineer' },
    spec: {
      profile: { displayName: 'Maya Lindqvist', email: 'maya@example.com' },
      memberOf: ['team-checkout'],
    },
    relations: [{ type: 'memberOf', targetRef: 'group:default/team-checkout' }],
    ...extra,
  };
}

const entities: Entity[] = [
  user('maya', {}),
  user('half-read', { relations: [] }),
  user('nameless', { spec: {}, relations: [] }),
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'team-checkout', namespace: 'default' },
    spec: { type: 'team', children: [], profile: { displayName: 'Checkout' } },
  },
];

function start(auth: object) {
  return startTestBackend({
    features: [
      authPlugin,
      authModuleDevelopment,
      catalogServiceMock.factory({ entities }),
      mockServices.rootConfig.factory({
        data: { backend: { baseUrl: 'http://localhost:7007' }, auth },
      }),
    ],
  });
}

describe('authModuleDevelopment', () => {
  const env = { ...process.env };

  beforeEach(() => {
    registered.length = 0;
  });

  afterEach(() => {
    process.env = { ...env };
  });

  it('keeps a backend from starting that is not for development', async () => {
    await expect(
      start({ environment: 'production', providers: { development: {} } }),
    ).rejects.toThrow(
      /refuses to load because auth.environment is 'production'/,
    );
    await expect(start({ providers: { development: {} } })).rejects.toThrow(
      /auth.environment is not set/,
    );
  });

  it('keeps a backend from starting in a production process whatever the configuration says', async () => {
    process.env = { ...env, NODE_ENV: 'production' };
    await expect(
      start({ environment: 'development', providers: { development: {} } }),
    ).rejects.toThrow(/refuses to load because NODE_ENV is 'production'/);
  });

  it('is not there when it is not configured', async () => {
    const backend = await start({ environment: 'production', providers: {} });
    expect(registered).toEqual([]);
    await request(backend.server)
      .get('/api/auth/development/people')
      .expect(404);
    await backend.stop();
  });

  it('lists whom one may choose, without those whose teams are not known yet', async () => {
    const backend = await start({
      environment: 'development',
      providers: { development: {} },
    });
    const { body } = await request(backend.server)
      .get('/api/auth/development/people')
      .expect(200);
    expect(body).toEqual({
      people: [
        {
          ref: 'user:default/nameless',
          name: 'nameless',
          role: 'Engineer',
          teams: [],
        },
        {
          ref: 'user:default/maya',
          name: 'Maya Lindqvist',
          email: 'maya@example.com',
          role: 'Engineer',
          teams: [{ ref: 'group:default/team-checkout', name: 'Checkout' }],
        },
      ],
    });
    expect(registered.map(({ providerId }) => providerId)).toEqual([
      'development',
    ]);
    await backend.stop();
  });
});
