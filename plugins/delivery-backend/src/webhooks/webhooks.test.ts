import { createHmac } from 'node:crypto';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import express from 'express';
import request from 'supertest';
import { createDelivery, MAYA } from '../__testUtils__/createDelivery';
import { FakeForge, serviceTree } from '../__testUtils__/FakeForge';
import { startHost } from '../__testUtils__/startHost';
import { HostApi } from '../hosted/HostApi';
import { HostedSource } from '../hosted/HostedSource';
import { Sources } from '../service/Sources';
import { ScmIntegrations } from '@backstage/integration';
import { createWebhookRouter } from './createWebhookRouter';
import { readWebhookConfig, WebhookConfig } from './readWebhookConfig';
import { WebhookService } from './WebhookService';

jest.setTimeout(60_000);

const SIGNING_TOKEN = `whsec_${Buffer.from('0123456789abcdef').toString(
  'base64',
)}`;
const NOW = Date.parse('2026-11-21T10:00:00Z');
const GITHUB = 'github.com/acme/orders';
const GITLAB = 'gitlab.com/acme/orders';

/** The component as the catalog has it after it read it from its host. */
const ordersOf = (location: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    annotations: { 'backstage.io/source-location': location },
  },
});

const maya: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: {
    name: 'maya',
    annotations: { 'github.com/user-login': 'maya-gh' },
  },
};

describe('webhooks', () => {
  let host: Awaited<ReturnType<typeof startHost>>;
  const stops: Array<() => Promise<unknown>> = [];
  afterEach(async () => {
    await Promise.all(stops.splice(0).map(stop => stop()));
  });
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

  async function setUp(entities: Entity[], webhooks?: Partial<WebhookConfig>) {
    host = await startHost();
    const data = {
      integrations: {
        github: [
          {
            host: 'github.com',
            apiBaseUrl: `${host.url}/github`,
            token: 'gh-token',
          },
        ],
        gitlab: [
          {
            host: 'gitlab.com',
            apiBaseUrl: `${host.url}/gitlab`,
            token: 'gl-token',
          },
        ],
      },
    };
    const config = mockServices.rootConfig({ data });
    const integrations = ScmIntegrations.fromConfig(config);
    const hosted = new HostedSource({
      integrations,
      reader: UrlReaders.default({
        config,
        logger: mockServices.logger.mock(),
      }),
      api: new HostApi(integrations, fetch),
    });
    const d = await createDelivery(databases, {
      entities,
      config: data,
      source: new Sources(new FakeForge(), hosted),
    });
    const app = express();
    const service = new WebhookService({
      config: {
        github: { secrets: ['old-secret', 'new-secret'] },
        gitlab: { tokens: ['plain'], signingTokens: [SIGNING_TOKEN] },
        ...webhooks,
      },
      integrations,
      access: d.access,
      pushes: d.pushes,
      auditor: d.auditor,
      now: () => NOW,
    });
    app.use(createWebhookRouter(service));
    app.use(mockErrorHandler());
    stops.push(() => d.stop(), host.stop);
    return { ...d, app };
  }

  const githubPush = (sha: string, over: object = {}) =>
    JSON.stringify({
      ref: 'refs/heads/main',
      after: sha,
      repository: {
        html_url: 'https://github.com/acme/orders',
        default_branch: 'main',
      },
      pusher: { name: 'maya-gh' },
      sender: { login: 'maya-gh' },
      ...over,
    });

  const fromGithub = (
    app: express.Express,
    body: string,
    options: { secret?: string; event?: string } = {},
  ) =>
    request(app)
      .post('/webhooks/github')
      .type('json')
      .set('x-github-event', options.event ?? 'push')
      .set(
        'x-hub-signature-256',
        `sha256=${createHmac('sha256', options.secret ?? 'new-secret')
          .update(body)
          .digest('hex')}`,
      )
      .send(body);

  const fromGitlab = (
    app: express.Express,
    sha: string,
    sentAt = NOW,
    token = SIGNING_TOKEN,
  ) => {
    const body = JSON.stringify({
      object_kind: 'push',
      ref: 'refs/heads/main',
      after: sha,
      user_username: 'elias-gl',
      project: {
        web_url: 'https://gitlab.com/acme/orders',
        default_branch: 'main',
      },
    });
    const timestamp = String(Math.floor(sentAt / 1000));
    const key = Buffer.from(token.replace('whsec_', ''), 'base64');
    const signature = createHmac('sha256', key)
      .update(`id-1.${timestamp}.${body}`)
      .digest('base64');
    return request(app)
      .post('/webhooks/gitlab')
      .type('json')
      .set({
        'x-gitlab-event': 'Push Hook',
        'webhook-id': 'id-1',
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      })
      .send(body);
  };

  const github = ordersOf('url:https://github.com/acme/orders/tree/main/');

  it('deploys a push to GitHub from there, and a repeated webhook and a manual request are the same deployment', async () => {
    const d = await setUp([github, maya]);
    const sha = await host.commit(serviceTree('orders'), 'Take orders');
    const first = await fromGithub(d.app, githubPush(sha));
    expect(first.status).toBe(202);
    const { id } = first.body.deployments[0];
    const again = await fromGithub(d.app, githubPush(sha), {
      secret: 'old-secret',
    });
    expect(again.body.deployments[0].id).toBe(id);
    const manual = await d.delivery.deploy(
      {
        repository: 'github.com/Acme/Orders',
        environment: 'local',
        sha,
        entityRef: 'component:default/orders',
      },
      mockCredentials.user(MAYA),
    );
    expect(manual.id).toBe(id);
    expect(manual).toMatchObject({
      repository: GITHUB,
      by: 'user:default/maya',
      origin: 'push',
    });

    d.startWorker();
    const ended = await d.until(id, each => each.finishedAt !== undefined);
    expect(ended).toMatchObject({
      state: 'succeeded',
      image: expect.any(String),
    });
    expect(d.builds).toEqual([`orders@${sha}`]);
    const [deployment] = [...d.cluster.objects.values()].filter(
      ({ kind }) => kind === 'Deployment',
    );
    expect(deployment.metadata.labels?.['ghostlight.dev/repository']).toMatch(
      /^github\.com_acme_orders-[0-9a-f]{8}$/,
    );
    expect(host.authorizations).toContain('Bearer gh-token');
    expect(d.audit).toEqual(['webhook-push', 'webhook-push', 'deploy']);
  });

  it('deploys a signed push to GitLab, by a person the catalog does not know', async () => {
    const d = await setUp([
      ordersOf('url:https://gitlab.com/acme/orders/-/tree/main/'),
    ]);
    const sha = await host.commit(serviceTree('orders'), 'Take orders');
    const { status, body } = await fromGitlab(d.app, sha);
    expect(status).toBe(202);
    expect(await d.deployments.get(body.deployments[0].id)).toMatchObject({
      repository: GITLAB,
      by: 'gitlab:elias-gl',
      sha,
    });
    d.startWorker();
    const { id } = body.deployments[0];
    const ended = await d.until(id, each => each.finishedAt !== undefined);
    expect(ended.state).toBe('succeeded');
  });

  it('deploys the head when webhooks arrive late', async () => {
    const d = await setUp([github]);
    const older = await host.commit(serviceTree('orders'), 'one');
    const newer = await host.commit(serviceTree('orders'), 'two');
    const { body } = await fromGithub(d.app, githubPush(older));
    const found = await d.deployments.get(body.deployments[0].id);
    expect(found?.sha).toBe(newer);
  });

  it('refuses what is not signed, signed with another secret, changed on the way, or recorded earlier', async () => {
    const d = await setUp([github]);
    const sha = await host.commit(serviceTree('orders'), 'Take orders');
    const unsigned = await request(d.app)
      .post('/webhooks/github')
      .set('x-github-event', 'push')
      .type('json')
      .send(githubPush(sha));
    expect(unsigned.status).toBe(401);
    const guessed = await fromGithub(d.app, githubPush(sha), { secret: 'x' });
    expect(guessed.status).toBe(401);
    expect(guessed.body.error.message).not.toContain('new-secret');
    const changed = await fromGithub(d.app, githubPush(sha)).send(
      githubPush('0'.repeat(40)),
    );
    expect(changed.status).not.toBe(202);
    const minute = 60_000;
    expect((await fromGitlab(d.app, sha, NOW - 6 * minute)).status).toBe(401);
    const bare = await request(d.app)
      .post('/webhooks/gitlab')
      .set({ 'x-gitlab-event': 'Push Hook', 'x-gitlab-token': 'plain' })
      .type('json')
      .send('{}');
    expect(bare.status).toBe(401);
    expect((await d.deployments.list({ page: 1, pageSize: 1 })).total).toBe(0);
  });

  it('takes the secret token of a GitLab that does not sign', async () => {
    const d = await setUp([github], {
      gitlab: { tokens: ['plain'], signingTokens: [] },
    });
    const send = (token: string) =>
      request(d.app)
        .post('/webhooks/gitlab')
        .set({ 'x-gitlab-event': 'Tag Push Hook', 'x-gitlab-token': token })
        .type('json')
        .send('{}');
    expect((await send('plain')).body).toEqual({
      ignored: 'only pushes to branches are deployed',
    });
    expect((await send('plainer')).status).toBe(401);
  });

  it.each([
    [{ ref: 'refs/heads/next' }, 'only the default branch main is deployed'],
    [{ ref: 'refs/tags/v1' }, 'only pushes to branches are deployed'],
    [{ after: '0'.repeat(40) }, 'the branch main was deleted'],
    [
      {
        repository: {
          html_url: 'https://evil.example/acme/orders',
          default_branch: 'main',
        },
      },
      'https://evil.example/acme/orders is not at a host under integrations.github',
    ],
  ])('ignores %j and says why', async (over, ignored) => {
    const d = await setUp([github]);
    const sha = await host.commit(serviceTree('orders'), 'Take orders');
    const { status, body } = await fromGithub(d.app, githubPush(sha, over));
    expect({ status, body }).toEqual({ status: 202, body: { ignored } });
  });

  it('deploys no component that the catalog has from elsewhere, or not at all', async () => {
    const d = await setUp([
      ordersOf('url:https://github.com/acme/the-real-orders/tree/main/'),
    ]);
    const sha = await host.commit(serviceTree('orders'), 'Take orders');
    const impostor = await fromGithub(d.app, githubPush(sha));
    expect(impostor.status).toBe(403);
    expect(impostor.body.error.message).toContain(
      'belongs to the repository github.com/acme/the-real-orders',
    );
    const unknown = await host.commit(serviceTree('payments'), 'Take money');
    const answer = await fromGithub(d.app, githubPush(unknown));
    expect(answer.status).toBe(403);
    expect(answer.body.error.message).toContain(
      'The catalog knows no component:default/payments',
    );
  });

  it('answers an error when the host does not, so that the webhook can be delivered again', async () => {
    const d = await setUp([github]);
    const sha = await host.commit(serviceTree('orders'), 'Take orders');
    host.break(true);
    expect((await fromGithub(d.app, githubPush(sha))).status).toBe(503);
    host.break(false);
    expect((await fromGithub(d.app, githubPush(sha))).status).toBe(202);
  });

  it('refuses bad bodies: no JSON, no push, too large', async () => {
    const d = await setUp([github]);
    expect((await fromGithub(d.app, '{"ref": ')).body.error.message).toContain(
      'The body is not JSON',
    );
    expect((await fromGithub(d.app, '{"ref": 1}')).status).toBe(400);
    const large = JSON.stringify({ a: 'x'.repeat(6 * 1024 * 1024) });
    expect((await fromGithub(d.app, large)).status).toBe(413);
    const ping = await fromGithub(d.app, '{}', { event: 'ping' });
    expect(ping.body).toHaveProperty('ignored');
  });

  it('tells nobody about repositories of a host before it knows that they may deploy', async () => {
    const d = await setUp([github]);
    const deploy = (entityRef: string | undefined, user = MAYA) =>
      d.delivery.deploy(
        { repository: GITHUB, environment: 'local', entityRef },
        mockCredentials.user(user),
      );
    await expect(deploy(undefined)).rejects.toThrow('Say with entityRef');
    await expect(
      deploy('component:default/orders', 'user:default/guest'),
    ).rejects.toThrow('only its owners and operators may');
    expect(host.authorizations).toEqual([]);
  });

  it('is closed while no secret is configured', async () => {
    const d = await setUp(
      [github],
      readWebhookConfig(mockServices.rootConfig()),
    );
    const { status, body } = await fromGithub(d.app, githubPush('a'));
    expect(status).toBe(404);
    expect(body.error.message).toContain(
      'ghostlight.delivery.webhooks.github.secrets',
    );
  });
});
