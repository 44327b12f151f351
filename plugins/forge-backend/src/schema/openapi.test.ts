import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { TestDatabases } from '@backstage/backend-test-utils';
import { wrapServer } from '@backstage/backend-openapi-utils/testUtils';
import express from 'express';
import supertest from 'supertest';
import { parse } from 'yaml';
import { as, CHECKOUT, MAYA, startForge } from '../__testUtils__/startForge';
import { openApiDocument } from './openapi';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
jest.setTimeout(60_000);

it('openapi.yaml is what the operations say; `yarn generate` writes it', () => {
  const written = parse(
    readFileSync(require.resolve('./openapi.yaml'), 'utf8'),
  );
  expect(written).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
});

it('answers are as the document says', async () => {
  const forge = await startForge(databases);
  // wrapServer starts what it checks itself: this hands everything on to the backend that runs already. On IPv4, since
  // its proxy prefers an IPv6 address that not every machine gives to "localhost".
  const app = express();
  app.get('/openapi.json', (_, response) => {
    response.json(openApiDocument());
  });
  app.use((request, response) => {
    const handOn = httpRequest(
      `${forge.origin}/api/forge${request.url}`,
      {
        method: request.method,
        headers: {
          authorization: `Bearer ${as(MAYA).token}`,
          ...request.headers,
        },
      },
      answer => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(handOn);
  });
  const listening = Object.assign(app, {
    listen: (port: number) => createServer(app).listen(port, '127.0.0.1'),
  });
  const { address } = await wrapServer(listening);
  const api = supertest(String(address()).replace(/\/$/, ''));

  const created = await api
    .post('/repositories')
    .send({
      name: 'orders',
      owner: CHECKOUT,
      files: [{ path: 'README.md', content: '# Orders\n' }],
    })
    .expect(201);
  const head: string = created.body.head.sha;
  const branch = { branch: 'fix' };
  await api.post('/repositories/orders/branches').send(branch).expect(201);
  await api
    .post('/repositories/orders/commits')
    .send({ ...branch, message: 'm', files: [{ path: 'a', content: 'a' }] })
    .expect(201);
  await api
    .post('/repositories/orders/change-requests')
    .send({ title: 't', source: 'fix' })
    .expect(201);
  for (const path of [
    '/repositories?search=ord&page=1&pageSize=5',
    '/repositories/orders',
    '/repositories/orders/branches',
    '/repositories/orders/commits?branch=fix&page=1',
    `/repositories/orders/commits/${head}`,
    '/repositories/orders/tree?ref=fix',
    '/repositories/orders/file?path=README.md',
    '/repositories/orders/diff?from=main&to=fix',
    '/repositories/orders/change-requests?state=open',
    '/repositories/orders/change-requests/1',
    '/repositories/orders/change-requests/1/diff',
    '/tokens',
  ]) {
    await api.get(path).expect(200);
  }
  await api
    .post('/repositories/orders/change-requests/1/merge')
    .send({})
    .expect(200);
  const token = await api.post('/tokens').send({}).expect(201);
  await api.delete(`/tokens/${token.body.id}`).expect(200);
  await api.get('/repositories/none').expect(404);
  const deleted = await api.delete('/repositories/orders');
  expect(deleted.status).toBe(200);
  await forge.stop();
});
