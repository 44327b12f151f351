import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type {
  BackstageCredentials,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import PromiseRouter from 'express-promise-router';
import express, { type Request, Router } from 'express';
import { z } from 'zod';
import { EventStream } from './logs/EventStream';
import { parsePosition } from './logs/Position';
import type { StreamLimits } from './logs/StreamLimits';
import {
  endQuietlyWhenGone,
  entityRefOf,
  read,
  whenGone,
  type Routes,
} from './routers/request';
import { readSpec } from './schema/readSpec';
import { callerKey } from './service/callerKey';
import type { HealthService } from './service/HealthService';
import type { LogService } from './service/LogService';
import { streamEnd } from './logs/streamEnd';

/** Room for the refs of as many summaries as openapi.yaml lets one request ask for: 1000 of 400 characters. */
const MAX_BODY = '512kb';

const eventsQuery = z.object({ environment: z.string() });
const logQuery = z.object({
  environment: z.string(),
  pod: z.string().optional(),
  sinceSeconds: z.coerce.number().optional(),
  tail: z.coerce.number().optional(),
});
const summariesBody = z.object({ entityRefs: z.array(z.string()) });

export interface RouterOptions {
  health: HealthService;
  logs: LogService;
  streams: StreamLimits;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  now: () => Date;
  /** Aborted when the backend stops: streams then end by themselves. */
  stopping: AbortSignal;
  /** Operations of the other parts of Health. */
  routes?: Routes[];
}

/** HTTP of Health; who may see what is decided by the services. */
export function createRouter(options: RouterOptions): Router {
  const { health, logs, httpAuth, streams, logger, now, stopping } = options;
  const root = PromiseRouter();
  // Read here and not by the validated router, which would answer a body over the limit with 400.
  root.use(express.json({ limit: MAX_BODY }));
  const router: Router = createValidatedOpenApiRouter(readSpec(), {
    middleware: [(_request, _response, next) => next()],
  });
  root.use(router);
  root.use(endQuietlyWhenGone);
  const caller = (request: Request): Promise<BackstageCredentials> =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });

  router.post('/summaries', async (request, response) => {
    const { entityRefs } = read(summariesBody, request.body);
    response.json(await health.summaries(entityRefs, await caller(request)));
  });

  router.get('/entities/:kind/:namespace/:name', async (request, response) => {
    response.json(
      await health.report(entityRefOf(request), await caller(request)),
    );
  });

  router.get(
    '/entities/:kind/:namespace/:name/events',
    async (request, response) => {
      const { environment } = read(eventsQuery, request.query);
      const credentials = await caller(request);
      response.json(
        await health.events(entityRefOf(request), environment, credentials),
      );
    },
  );

  router.get(
    '/entities/:kind/:namespace/:name/logs',
    async (request, response) => {
      const query = read(logQuery, request.query);
      const credentials = await caller(request);
      const release = streams.acquire(callerKey(credentials));
      const gone = whenGone(response);
      const end = streamEnd({
        expiresAt: credentials.expiresAt,
        now,
        stopping,
      });
      try {
        const events = await logs.stream(entityRefOf(request), query, {
          credentials,
          resume: parsePosition(request.header('last-event-id')),
          signal: AbortSignal.any([gone, end.signal]),
        });
        const stream = new EventStream(response);
        try {
          for await (const event of events) {
            await stream.send(event);
          }
          await stream.send({ type: 'end', end: end.event() });
        } catch (error) {
          logger.warn(
            `The log stream of ${entityRefOf(request)} broke: ${error}`,
          );
          await stream.send({
            type: 'end',
            end: { reason: 'the server lost its way', resume: true },
          });
        } finally {
          stream.end();
        }
      } finally {
        end.clear();
        release();
      }
    },
  );

  router.get(
    '/entities/:kind/:namespace/:name/logs/download',
    async (request, response) => {
      const query = read(logQuery, request.query);
      const credentials = await caller(request);
      const release = streams.acquire(callerKey(credentials));
      try {
        const text = await logs.download(entityRefOf(request), query, {
          credentials,
          signal: AbortSignal.any([whenGone(response), stopping]),
        });
        const stamp = now().toISOString().slice(0, 19).replace(/:/g, '-');
        response.set({
          'Content-Type': 'text/plain; charset=utf-8',
          'Content-Disposition': `attachment; filename="${request.params.name}-${query.environment}-${stamp}.log"`,
          'X-Content-Type-Options': 'nosniff',
        });
        await pipeline(Readable.from(text), response);
      } catch (error) {
        if (!response.headersSent) {
          throw error;
        }
        response.destroy();
      } finally {
        release();
      }
    },
  );

  options.routes?.forEach(add => add(router, caller));
  return root;
}
