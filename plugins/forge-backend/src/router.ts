import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import { assertError } from '@backstage/errors';
import PromiseRouter from 'express-promise-router';
import express, { Request, RequestHandler, Router } from 'express';
import { openApiDocument } from './schema/openapi';
import { BoundOperation } from './service/boundOperations';

/** Files of a commit travel in the body. */
const MAX_BODY = '32mb';

/** The HTTP API: one route for each operation. */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  operations: Record<string, BoundOperation>;
}): Router {
  const { httpAuth, auditor } = options;
  const root = PromiseRouter();
  // Read here and not by the validated router, which would answer every failure with 400.
  root.use(express.json({ limit: MAX_BODY }));
  const router: Router = createValidatedOpenApiRouter(openApiDocument(), {
    middleware: [(_request, _response, next) => next()],
  });
  root.use(router);

  for (const [id, bound] of Object.entries(options.operations)) {
    const { method, path, status = 200 } = bound.operation;
    const run = async (request: Request) =>
      bound.run(
        { ...request.query, ...request.body, ...request.params },
        await httpAuth.credentials(request, { allow: ['user', 'service'] }),
      );
    const handler: RequestHandler = async (request, response) => {
      const answer =
        method === 'get'
          ? await run(request)
          : await audited(auditor, id, request, () => run(request));
      response.status(status).json(answer);
    };
    router[method](path, handler);
  }
  return root;
}

/** What changes something is in the audit trail, with its outcome; bodies and secrets are not. */
async function audited<T>(
  auditor: AuditorService,
  id: string,
  request: Request,
  act: () => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent({
    eventId: id.replace(
      /[A-Z]/g,
      letter => `-${letter.toLocaleLowerCase('en-US')}`,
    ),
    severityLevel: request.method === 'DELETE' ? 'high' : 'medium',
    request,
    meta: { ...request.params },
  });
  try {
    const answer = await act();
    await event.success();
    return answer;
  } catch (error) {
    assertError(error);
    await event.fail({ error });
    throw error;
  }
}
