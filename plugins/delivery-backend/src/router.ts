import { readFileSync } from 'node:fs';
import {
  BackstageCredentials,
  HttpAuthService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import {
  createValidatedOpenApiRouter,
  internal,
} from '@backstage/backend-openapi-utils';
import { InputError } from '@backstage/errors';
import PromiseRouter from 'express-promise-router';
import express, { Request, Router } from 'express';
import { parse } from 'yaml';
import { z } from 'zod';
import { DeliveryService } from './service/DeliveryService';
import { ImportService } from './importing/ImportService';
import { RemovalService } from './service/RemovalService';

/** Pasted manifests have at most 256 KiB, and JSON may double what it quotes. */
const MAX_BODY = '600kb';

const deploymentRequest = z.object({
  repository: z.string(),
  environment: z.string(),
  entityRef: z.string().optional(),
  sha: z.string().optional(),
  key: z.string().optional(),
});
const importRequest = z.object({
  repository: z.string().optional(),
  manifests: z.string().optional(),
  name: z.string().optional(),
  owner: z.string(),
  system: z.string().optional(),
});
const listQuery = z.object({
  entityRef: z.string().optional(),
  environment: z.string().optional(),
  page: z.coerce.number().default(1),
  pageSize: z.coerce.number().default(20),
});
const logQuery = z.object({
  after: z.coerce.number().default(0),
  limit: z.coerce.number().default(500),
});
const removalQuery = z.object({
  entityRef: z.string(),
  environment: z.string().optional(),
  dryRun: z.union([z.boolean(), z.stringbool()]).default(false),
});

/** HTTP of Delivery; what is allowed and what happens is decided by the services. */
export function createRouter(options: {
  delivery: DeliveryService;
  imports: ImportService;
  removal: RemovalService;
  httpAuth: HttpAuthService;
}): Router {
  const { delivery, imports, removal, httpAuth } = options;
  const root = PromiseRouter();
  // Read here and not by the validated router, which would answer a body over the limit with 400.
  root.use(express.json({ limit: MAX_BODY }));
  const router: Router = createValidatedOpenApiRouter(readSpec(), {
    middleware: [(_request, _response, next) => next()],
  });
  root.use(router);
  const caller = (request: Request): Promise<BackstageCredentials> =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });

  router.post('/deployments', async (request, response) => {
    const body = read(deploymentRequest, request.body);
    const credentials = await caller(request);
    response.status(202).json(await delivery.deploy(body, credentials));
  });
  router.get('/deployments', async (request, response) => {
    const query = read(listQuery, request.query);
    response.json(await delivery.list(query, await caller(request)));
  });
  router.get('/deployments/:id', async (request, response) => {
    response.json(await delivery.get(request.params.id, await caller(request)));
  });
  router.get('/deployments/:id/log', async (request, response) => {
    const query = read(logQuery, request.query);
    const credentials = await caller(request);
    response.json(await delivery.log(request.params.id, query, credentials));
  });
  router.get('/environments', async (request, response) => {
    await caller(request);
    response.json({ items: delivery.environments() });
  });
  router.post('/import/proposals', async (request, response) => {
    const body = read(importRequest, request.body);
    response.json(await imports.analyse(body, await caller(request)));
  });
  router.delete('/workloads', async (request, response) => {
    const query = read(removalQuery, request.query);
    response.json(await removal.remove(query, await caller(request)));
  });
  return root;
}

function read<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    throw new InputError(z.prettifyError(parsed.error));
  }
  return parsed.data;
}

function readSpec(): internal.RequiredDoc {
  const path = resolvePackagePath(
    '@ghostlight/plugin-delivery-backend',
    'src/schema/openapi.yaml',
  );
  return parse(readFileSync(path, 'utf8'));
}
